/* Groups a gold set as a stream, in the order given and from the past only, and prints B-cubed against its
 * `story` fields; then again in other orders within each day (undated reports among themselves), with B-cubed
 * between both groupings.
 *
 *   score_stream [--orders N] [--text] FILE.jsonl ...      --text: without annotation, thus without names */
#include "base/json.h"
#include "base/map.h"
#include "engine/engine.h"
#include "story/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_REPORTS = 100000, ORDERS = 5, LINE_ROOM = 16 * 1024 * 1024 };

typedef struct taken {
    dsr_story_terms terms;
    const dsr_stream_name *names;
    size_t name_count;
} taken;

typedef struct set {
    dsr_arena *arena;
    dsr_lexicon *lexicon;
    taken *reports;
    uint32_t *gold, *order, *found, *again;
    size_t count, lines;
} set;

_Noreturn static void end(const char *why)
{
    fprintf(stderr, "score_stream: %s\n", why);
    exit(1);
}

static void must(dsr_status status, const char *what)
{
    if (status != DSR_OK) {
        end(what);
    }
}

static void *array(set *s, size_t size)
{
    void *items = dsr_arena_alloc_array(s->arena, MOST_REPORTS, size);
    if (!items) {
        end("out of memory");
    }
    return items;
}

static void take(void *context, const dsr_outcome *outcome)
{
    set *s = context;
    if (s->count == MOST_REPORTS) {
        end("too many reports");
    }
    taken *t = &s->reports[s->count++];
    if (outcome->report) {
        must(dsr_story_terms_take(s->lexicon, outcome->report, NULL, &t->terms), "no terms");
        must(dsr_stream_take_names(s->arena, outcome->report, &t->names, &t->name_count), "no names");
    }
}

static void read_gold(set *s, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = malloc(LINE_ROOM);
    if (!file || !line) {
        end("cannot read the file");
    }
    dsr_words *numbers = dsr_words_new(64);
    while (fgets(line, LINE_ROOM, file)) {
        dsr_json_doc *doc = NULL;
        dsr_error error;
        dsr_slice name;
        must(dsr_json_parse(dsr_slice_of(line), &doc, &error), "a line is no JSON");
        must(dsr_arena_copy(s->arena, dsr_json_text(dsr_json_get(dsr_json_root(doc), "story")), &name),
             "memory");
        uint32_t number = dsr_words_get(numbers, name);
        if (number == DSR_MAP_NONE) {
            number = (uint32_t)dsr_words_count(numbers);
            must(dsr_words_put(numbers, name, number), "memory");
        }
        s->gold[s->lines++] = number;
        dsr_json_drop(doc);
    }
    dsr_words_drop(numbers);
    free(line);
    fclose(file);
}

static void follow(uint32_t *story, size_t count, const dsr_stream_event *e)
{
    if (e->kind == DSR_STREAM_JOINED || e->kind == DSR_STREAM_MOVED) {
        story[e->report] = e->story;
    }
    for (size_t i = 0; e->kind == DSR_STREAM_MERGED && i < count; i++) {
        story[i] = story[i] == e->from ? e->story : story[i];
    }
}

static void run(const set *s, uint32_t *story)
{
    dsr_stream *stream = NULL;
    dsr_stream_options options = {dsr_lexicon_background_size(s->lexicon, DSR_SLICE("en")), 0, 0};
    must(dsr_stream_new(&options, &stream), "out of memory");
    for (size_t i = 0; i < s->count; i++) {
        uint32_t at = s->order[i];
        dsr_stream_report report = {
            at, &s->reports[at].terms, s->reports[at].names, s->reports[at].name_count, NULL, 0, 0};
        dsr_stream_events events;
        must(dsr_stream_add(stream, &report, NULL, &events), "cannot place a report");
        for (size_t k = 0; k < events.count; k++) {
            follow(story, s->count, &events.items[k]);
        }
    }
    dsr_stream_drop(stream);
}

typedef struct bcubed {
    double precision, recall, f;
} bcubed;

static bcubed compare(const uint32_t *gold, const uint32_t *found, size_t count)
{
    bcubed b = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        size_t both = 0, in_found = 0, in_gold = 0;
        for (size_t k = 0; k < count; k++) {
            both += gold[k] == gold[i] && found[k] == found[i];
            in_found += found[k] == found[i];
            in_gold += gold[k] == gold[i];
        }
        b.precision += (double)both / (double)in_found / (double)count * 100;
        b.recall += (double)both / (double)in_gold / (double)count * 100;
    }
    b.f = count ? 2 * b.precision * b.recall / (b.precision + b.recall) : 0;
    return b;
}

/* Another order: reports change places with others of their day. */
static void shuffle(set *s, uint64_t seed)
{
    uint64_t state = seed;
    for (size_t i = 0; i < s->count; i++) {
        s->order[i] = (uint32_t)i;
    }
    for (size_t i = s->count; i-- > 1;) {
        const dsr_story_terms *a = &s->reports[s->order[i]].terms;
        size_t same = 0;
        for (size_t k = 0; k <= i; k++) {
            const dsr_story_terms *b = &s->reports[s->order[k]].terms;
            same += a->has_day == b->has_day && (!a->has_day || a->day == b->day);
        }
        state += 0x9e3779b97f4a7c15u;
        size_t pick = dsr_hash_mix(state) % same;
        for (size_t k = 0; k <= i; k++) {
            const dsr_story_terms *b = &s->reports[s->order[k]].terms;
            if (a->has_day == b->has_day && (!a->has_day || a->day == b->day) && pick-- == 0) {
                uint32_t swap = s->order[i];
                s->order[i] = s->order[k];
                s->order[k] = swap;
                break;
            }
        }
    }
}

static void score(set *s, const char *name, int orders)
{
    for (size_t i = 0; i < s->count; i++) {
        s->order[i] = (uint32_t)i;
    }
    run(s, s->found);
    bcubed b = compare(s->gold, s->found, s->count);
    printf("%s: %zu reports, B-cubed P %.1f R %.1f F %.1f", name, s->count, b.precision, b.recall, b.f);
    double all = 0, same = 0, least = 100;
    for (int i = 0; i < orders; i++) {
        shuffle(s, (uint64_t)i + 1);
        run(s, s->again);
        double f = compare(s->found, s->again, s->count).f;
        all += compare(s->gold, s->again, s->count).f / orders;
        same += f / orders;
        least = f < least ? f : least;
    }
    printf("; %d other orders: F %.1f, same as in the order given %.1f (least %.1f)\n", orders, all, same,
           least);
}

static void score_file(const char *path, dsr_annotation what, int orders)
{
    set s = {.arena = dsr_arena_new(0)};
    dsr_engine *engine = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    s.reports = array(&s, sizeof *s.reports);
    s.gold = array(&s, sizeof *s.gold);
    s.order = array(&s, sizeof *s.order);
    s.found = array(&s, sizeof *s.found);
    s.again = array(&s, sizeof *s.again);
    must(dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &s.lexicon, &error), error.message);
    read_gold(&s, path);
    dsr_engine_options options = {.annotate = what};
    must(dsr_engine_open(&options, &engine, &error), error.message);
    dsr_inputs inputs = {.paths = &path, .count = 1};
    must(dsr_engine_read(engine, &inputs, (dsr_outcome_sink){&s, take, NULL}, &error), error.message);
    if (s.count != s.lines) {
        end("the reader finds another number of reports than the file has lines");
    }
    score(&s, path, orders);
    for (size_t i = 0; i < s.count; i++) {
        dsr_story_terms_drop(&s.reports[i].terms);
    }
    dsr_engine_close(engine);
    dsr_lexicon_close(s.lexicon);
    dsr_arena_drop(s.arena);
}

int main(int count, char **args)
{
    int orders = ORDERS;
    dsr_annotation what = DSR_ANNOTATE_ALL;
    for (int i = 1; i < count; i++) {
        if (strcmp(args[i], "--orders") == 0 && i + 1 < count) {
            orders = atoi(args[++i]);
        } else if (strcmp(args[i], "--text") == 0) {
            what = DSR_ANNOTATE_NOTHING;
        } else {
            score_file(args[i], what, orders);
        }
    }
    return 0;
}
