/* Fills a store with made-up reports as if they had been annotated: their texts (about 500 words, a Zipf
 * vocabulary), names and dates are written as records and placed one after the other, as `add` places them. A
 * million takes minutes. Four thousand stories get reports at a time and die down; one report in ten is an
 * edited copy of an earlier one of its story; most carry the footer of their outlet; 3 % come days late, 2 %
 * state no date. Same arguments, same store.
 *
 *   fill STORE N [SEED]   STORE must not exist; N reports over thirty days
 *
 * Prints for each tenth what grouping and copies take of the processor (fingerprints, terms, index,
 * alignment, stories and what is saved of them), what the store takes besides (packing, rows, commits), and
 * at the end the memory, and the disk beyond the text. */
#define _DEFAULT_SOURCE
#include "engine/internal.h"
#include "made_text.h"
#include "model/pack.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

enum {
    DAYS = 30,
    LIVE = 4000, /* stories that get reports at a time */
    OUTLETS = 400,
    KNOWN_NAMES = 5000, /* that many stories share; half of a story's names are such */
    WORDS = 460,
    FOOTER_WORDS = 30,
    BATCH = 512,
    FOREVER = 1 << 30
};

typedef struct live {
    uint64_t seed; /* of its topic */
    uint32_t last; /* the newest report that is no copy; 0: none */
} live;

typedef struct filling {
    made_vocabulary *words;
    dsr_lexicon *lexicon;
    dsr_store *store;
    dsr_desk *desk;
    dsr_arena *arena;
    dsr_met_words *met;
    made_random random;
    live stories[LIVE];
    made_draft text, source;
    char room[MADE_TEXT_ROOM + 4 * MADE_WORD_ROOM];
    uint64_t text_bytes;
    double looking, placing, saving, storing;
    uint32_t total;
} filling;

static void must(dsr_status status, const dsr_error *error)
{
    if (status != DSR_OK) {
        fprintf(stderr, "fill: %s: %s\n", dsr_status_name(status), error->message);
        exit(1);
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static made_topic topic_of(const live *story)
{
    made_random random = {story->seed};
    made_topic about = made_make_topic(&random);
    for (int i = 0; i < MADE_STORY_NAMES / 2; i++) {
        made_random name = {UINT64_C(0x4a3e) + made_draw_below(&random, KNOWN_NAMES)};
        made_make_word(&name, about.names[i]);
        about.names[i][0] = (char)(about.names[i][0] - 'a' + 'A');
    }
    return about;
}

static void write_own(const filling *f, made_draft *text, const made_topic *about, uint32_t number)
{
    made_random own = {UINT64_C(0xf111) + number};
    text->count = 0;
    made_write_words(text, f->words, about, &own, WORDS);
}

/* The words of report `number` of the story, into f->room; its length. */
static size_t write_text(filling *f, live *story, const made_topic *about, uint32_t number, uint32_t outlet)
{
    if (story->last && made_draw_below(&f->random, 10) == 0) {
        write_own(f, &f->source, about, story->last);
        f->text.count = 0;
        made_write_copy(&f->text, &f->source, f->words, about, &f->random, number % MADE_COPIES);
    } else {
        write_own(f, &f->text, about, number);
        story->last = number;
    }
    if (outlet % 4) {
        made_random footer = {UINT64_C(0xf007) + outlet};
        made_topic none = made_make_topic(&footer);
        made_push(&f->text, MADE_END_PARAGRAPH);
        made_write_words(&f->text, f->words, &none, &footer, FOOTER_WORDS);
    }
    return made_render(&f->text, f->words, about, "\n", f->room);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Every place where a word of the text is a name of the topic. */
static void find_names(filling *f, dsr_report *report, const made_topic *about)
{
    dsr_slice text = report->text;
    for (uint32_t start = 0; start < text.len; start++) {
        uint32_t end = start;
        while (end < text.len && is_letter(text.ptr[end])) {
            end++;
        }
        for (uint32_t k = 0; end > start && k < MADE_STORY_NAMES; k++) {
            dsr_slice word = {text.ptr + start, end - start};
            if (text.ptr[start] > 'Z' || !dsr_slice_equal(word, dsr_slice_of(about->names[k]))) {
                continue;
            }
            must(DSR_LIST_RESERVE(f->arena, &report->names, 1), NULL);
            report->names.items[report->names.count++] = (dsr_name){
                .span = {start, end}, .type = DSR_NAME_PER, .entity = k, .metonym_for = DSR_NO_ENTITY};
            break;
        }
        start = end;
    }
}

static dsr_slice keep_text(filling *f, const char *text)
{
    dsr_slice out;
    must(dsr_arena_copy(f->arena, dsr_slice_of(text), &out), NULL);
    return out;
}

static void set_published(filling *f, dsr_report *report, uint32_t number)
{
    uint32_t kind = made_draw_below(&f->random, 100);
    if (kind < 2) {
        return;
    }
    int64_t minute = (int64_t)((uint64_t)number * DAYS * 24 * 60 / f->total);
    minute -= kind < 5 ? (int64_t)made_draw_below(&f->random, 10 * 24 * 60) : 0;
    char iso[24];
    dsr_moment_format_utc(dsr_days_from_date(2031, 3, 1) * 86400 + minute * 60, iso);
    must(dsr_moment_parse(f->arena, dsr_slice_of(iso), &report->meta.published), NULL);
    report->meta.published_from = DSR_FROM_METADATA;
}

static void name_entities(filling *f, dsr_report *report, const made_topic *about)
{
    must(DSR_LIST_RESERVE(f->arena, &report->entities, MADE_STORY_NAMES), NULL);
    for (uint32_t k = 0; k < MADE_STORY_NAMES; k++) {
        char id[MADE_WORD_ROOM + 8];
        snprintf(id, sizeof id, "per-%s", about->names[k]);
        report->entities.items[report->entities.count++] = (dsr_entity){
            .id = keep_text(f, id), .canonical = keep_text(f, about->names[k]), .type = DSR_NAME_PER};
    }
}

static dsr_report *make_report(filling *f, uint32_t number)
{
    live *story = &f->stories[made_draw_below(&f->random, LIVE)];
    if (made_draw_below(&f->random, 5) == 0) {
        *story = (live){made_draw(&f->random), 0};
    }
    uint32_t outlet = made_draw_below(&f->random, OUTLETS);
    made_topic about = topic_of(story);
    size_t length = write_text(f, story, &about, number, outlet);
    char name[64];
    dsr_report *report = dsr_arena_alloc(f->arena, sizeof *report);
    if (!report) {
        exit(1);
    }
    report->text = keep_text(f, f->room);
    f->text_bytes += length;
    snprintf(name, sizeof name, "r%08" PRIu32, number);
    report->source = (dsr_source){.path = DSR_SLICE("made.jsonl"),
                                  .record = keep_text(f, name),
                                  .guid = report->source.record,
                                  .format = DSR_SLICE("jsonl"),
                                  .encoding = DSR_SLICE("UTF-8"),
                                  .sha256 = dsr_sha256(report->text)};
    report->source.guid = report->source.record;
    snprintf(name, sizeof name, "The Outlet %" PRIu32, outlet);
    report->meta.outlet = keep_text(f, name);
    report->meta.outlet_from = DSR_FROM_METADATA;
    report->meta.language = DSR_SLICE("en");
    snprintf(name, sizeof name, "%s %s %s of %s", about.names[0], f->words->words[about.words[0]],
             f->words->words[about.words[1]], about.names[1]);
    report->meta.headline = keep_text(f, name);
    report->meta.headline_from = DSR_FROM_METADATA;
    set_published(f, report, number);
    name_entities(f, report, &about);
    find_names(f, report, &about);
    dsr_report_identify(report, report->meta.outlet);
    return report;
}

/* Packs the report and puts it into the store. */
static void store_report(filling *f, const dsr_report *report, dsr_error *error)
{
    dsr_buffer packed;
    dsr_buffer_open(&packed, 0);
    dsr_report_pack(&packed, report);
    must(packed.status, error);
    dsr_store_report put = {.id = report->id,
                            .key = report->key,
                            .path = report->source.path,
                            .packed = dsr_buffer_slice(&packed)};
    dsr_intake how;
    dsr_id previous;
    must(dsr_store_put_report(f->store, &put, &how, &previous, error), error);
    dsr_buffer_drop(&packed);
}

static void place_report(filling *f, const dsr_report *report, dsr_error *error)
{
    dsr_clipping clipping;
    double from = now();
    must(dsr_clipping_make(f->lexicon, f->arena, report, f->met, &clipping), error);
    double looked = now();
    must(dsr_desk_place(f->desk, &clipping, (dsr_id){{0}}, error), error);
    f->looking += looked - from;
    f->placing += now() - looked;
    dsr_clipping_drop(&clipping);
}

static void turn_batch(filling *f, bool again, dsr_error *error)
{
    double from = now();
    must(dsr_desk_save(f->desk, error), error);
    double saved = now();
    must(dsr_store_commit(f->store, error), error);
    if (again) {
        must(dsr_store_begin(f->store, error), error);
    }
    f->saving += saved - from;
    f->storing += now() - saved;
}

static long resident(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static void run(filling *f, dsr_error *error)
{
    uint32_t done = 0;
    for (uint32_t tenth = 1; tenth <= 10; tenth++) {
        uint32_t end = (uint32_t)((uint64_t)f->total * tenth / 10), first = done;
        double longest = 0;
        f->looking = f->placing = f->saving = f->storing = 0;
        while (done < end) {
            dsr_arena_reset(f->arena);
            const dsr_report *report = make_report(f, ++done);
            double from = now();
            store_report(f, report, error);
            double stored = now();
            place_report(f, report, error);
            double placed = now();
            f->storing += stored - from;
            longest = placed - stored > longest ? placed - stored : longest;
            if (done % BATCH == 0 || done == f->total) {
                turn_batch(f, done < f->total, error);
            }
        }
        double count = end - first;
        double all = f->looking + f->placing + f->saving;
        printf("%9" PRIu32
               "  grouping and copies %6.0f reports/s (text %.0f us, place %.0f us, save %.0f us)  store "
               "%.0f us  longest %.0f ms  %ld MB\n",
               done, count / all, f->looking / count * 1e6, f->placing / count * 1e6, f->saving / count * 1e6,
               f->storing / count * 1e6, longest * 1e3, resident());
        fflush(stdout);
    }
}

static void open_all(filling *f, const char *path, dsr_error *error)
{
    f->arena = dsr_arena_new(0);
    f->words = made_vocabulary_new();
    f->met = dsr_met_words_new();
    if (!f->arena || !f->words || !f->met) {
        exit(1);
    }
    must(dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &f->lexicon, error), error);
    must(dsr_store_open_sqlite(path, DSR_STORE_WRITE, &f->store, error), error);
    must(dsr_store_begin(f->store, error), error);
    must(dsr_desk_open(f->lexicon, f->store, &f->desk, error), error);
    for (int i = 0; i < LIVE; i++) {
        f->stories[i].seed = made_draw(&f->random);
    }
}

int main(int count, char **args)
{
    static filling f;
    static dsr_error error;
    struct stat file;
    int wanted = count > 2 ? atoi(args[2]) : 0;
    if (count < 3 || wanted < 10 || wanted > FOREVER || stat(args[1], &file) == 0) {
        fputs("usage: fill STORE N [SEED]   (STORE must not exist; N from 10 on)\n", stderr);
        return 2;
    }
    f.total = (uint32_t)wanted;
    f.random.state = count > 3 ? strtoull(args[3], NULL, 10) : 1;
    open_all(&f, args[1], &error);
    run(&f, &error);
    dsr_desk_close(f.desk);
    dsr_store_close(f.store);
    if (stat(args[1], &file) == 0) {
        printf("%.0f bytes of text a report, %.0f bytes on disk a report\n", (double)f.text_bytes / f.total,
               (double)file.st_size / f.total);
    }
    dsr_lexicon_close(f.lexicon);
    dsr_arena_drop(f.arena);
    dsr_met_words_drop(f.met);
    free(f.words);
    return 0;
}
