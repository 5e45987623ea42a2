/* Scenarios of single rooms. */
#include "clean/clean.h"
#include "compare/compare.h"
#include "compare/segments.h"
#include "fault.h"
#include "language/language.h"
#include "model/json.h"
#include "model/pack.h"
#include "read/read.h"
#include "store/store.h"
#include "story/stream.h"

#include <stdlib.h>
#include <string.h>

static const char first_text[] =
    "Bridge to open in May\n\nBy Ann Lee\nPublished: 4 March 2031\n\n"
    "LOWTON (AFP) - The old bridge over the river will open in May after eleven months of work, the town's "
    "mayor said on "
    "Tuesday, and traders on both banks said that they had lost a third of their custom in that time.\n\n"
    "READ MORE: How to cross a river\n\n"
    "\"We see no reason to wait any longer than that,\" Mayor Jon Ash told reporters. The work cost 1.2 "
    "million crowns.\n\n"
    "The third pier was replaced by masons who had come from the coast, and the roadway above it was laid "
    "anew.\n";
static const char second_text[] =
    "Traders wait for their bridge\n\n"
    "The old bridge over the river will open in June after nearly twelve months of work, the town's mayor "
    "said on "
    "Tuesday, and traders on both banks said that they had lost half of their custom in that time.\n\n"
    "Nobody asked the ferryman. “I shall miss it,” he said.\n\n"
    "The third pier was replaced by masons who had come from the coast, and the roadway above it was laid "
    "anew.\n";
static const char first_line[] =
    "{\"id\":\"7\",\"title\":\"Bridge\",\"url\":\"https://paper.example/7\",\"authors\":[\"Ann\",\"Bo\"],"
    "\"published\":\"2031-03-04T07:08:09+01:00\",\"text\":\"The bridge \\u2014 caf\\u00e9 \\ud83d\\ude00 \\n "
    "opens in May.\"}";

/* What most scenarios stand on. */
typedef struct town {
    dsr_arena *arena;
    dsr_lexicon *lexicon;
    dsr_report reports[2];
    dsr_compare_text *texts[2];
    dsr_buffer packed;
} town;

static bool read_one(dsr_arena *arena, const char *format, const char *text, dsr_report *out)
{
    dsr_piece piece = {.path = DSR_SLICE("a.txt"), .format = format, .size = strlen(text), .status = DSR_OK};
    dsr_read_options options = {0};
    piece.bytes = malloc(piece.size + 1);
    if (piece.bytes == NULL) {
        return false;
    }
    memcpy(piece.bytes, text, piece.size + 1);
    dsr_status status = dsr_read_piece(arena, &piece, &options, out, NULL);
    free(piece.bytes);
    return status == DSR_OK;
}

static bool annotate(town *made, dsr_report *report)
{
    report->meta.language = dsr_language_identify(made->lexicon, report->text);
    return dsr_clean_report(made->arena, made->lexicon, report) == DSR_OK &&
           dsr_language_find_sentences(made->arena, made->lexicon, report) == DSR_OK &&
           dsr_language_find_quotes(made->arena, made->lexicon, report) == DSR_OK;
}

static void drop_town(void *state)
{
    town *made = state;
    dsr_buffer_drop(&made->packed);
    dsr_lexicon_close(made->lexicon);
    dsr_arena_drop(made->arena);
    free(made);
}

static bool make_town(void **state)
{
    town *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return false;
    }
    *state = made;
    made->arena = dsr_arena_new(0);
    dsr_buffer_open(&made->packed, 0);
    if (made->arena == NULL || dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &made->lexicon, NULL) != DSR_OK ||
        !read_one(made->arena, "text", first_text, &made->reports[0]) ||
        !read_one(made->arena, "text", second_text, &made->reports[1])) {
        return false;
    }
    for (unsigned i = 0; i < 2; i++) {
        if (!annotate(made, &made->reports[i]) ||
            dsr_compare_prepare(made->arena, &made->reports[i], &made->texts[i]) != DSR_OK) {
            return false;
        }
    }
    dsr_report_pack(&made->packed, &made->reports[0]);
    return made->packed.status == DSR_OK;
}

/* An output filled with a pattern, to see that a failure leaves it alone. */
enum { PATTERN = 0xa5 };
static bool is_untouched(const void *output, size_t size)
{
    const unsigned char *bytes = output;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != PATTERN) {
            return false;
        }
    }
    return true;
}

static void expect_untouched(dsr_status status, const void *output, size_t size)
{
    fault_expect(status == DSR_OK || is_untouched(output, size), "a failure leaves the outputs untouched");
}

/* A report with lists of its own, so that what is found in it does not stay from run to run. */
static dsr_report bare_copy(const dsr_report *report)
{
    dsr_report copy = *report;
    memset(&copy.furniture, 0, sizeof copy.furniture);
    memset(&copy.sentences, 0, sizeof copy.sentences);
    memset(&copy.quotes, 0, sizeof copy.quotes);
    memset(&copy.credits, 0, sizeof copy.credits);
    memset(&copy.warnings, 0, sizeof copy.warnings);
    return copy;
}

static dsr_status run_open_lexicon(void *state)
{
    (void)state;
    dsr_lexicon *lexicon = NULL;
    dsr_status status = dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, NULL);
    fault_expect(status == DSR_OK || lexicon == NULL, "a failure leaves the outputs untouched");
    dsr_lexicon_close(lexicon);
    return status;
}

static dsr_status read_with(const char *format, const char *text, const dsr_lexicon *lexicon)
{
    dsr_piece piece = {.path = DSR_SLICE("a.txt"), .format = format, .size = strlen(text), .status = DSR_OK};
    dsr_read_options options = {.lexicon = lexicon};
    dsr_error error;
    dsr_report report;
    static char bytes[sizeof first_text + sizeof first_line + 1024];
    memcpy(bytes, text, piece.size);
    piece.bytes = bytes;
    piece.line = strcmp(format, "jsonl") == 0;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return DSR_ERR_MEMORY;
    }
    memset(&report, PATTERN, sizeof report);
    dsr_status status = dsr_read_piece(arena, &piece, &options, &report, &error);
    expect_untouched(status, &report, sizeof report);
    dsr_arena_drop(arena);
    return status;
}

static dsr_status read_in_arena(const char *format, const char *text)
{
    return read_with(format, text, NULL);
}

static dsr_status run_read_text(void *state)
{
    (void)state;
    return read_in_arena("text", first_text);
}

static dsr_status run_read_jsonl(void *state)
{
    (void)state;
    return read_in_arena("jsonl", first_line);
}

static dsr_status run_read_page(void *state)
{
    static const char page[] = "<html lang=en><head><title>Bridge opens | Lowton Post</title><meta "
                               "property='og:title' content='Bridge "
                               "opens'><meta property='article:published_time' content='2031-03-04'><script "
                               "type='application/ld+json'>"
                               "{\"@type\":\"NewsArticle\",\"headline\":\"Bridge "
                               "opens\",\"author\":[{\"name\":\"Ann Lee\"}]}</script></head>"
                               "<body><nav><a href=/>Home</a></nav><article><h1>Bridge opens</h1><p>The "
                               "bridge over the river opens on "
                               "Monday &amp; stays open, the mayor of Lowton said.</p><p>Two lanes are "
                               "ready, and a third follows in the "
                               "autumn, he said.</p></article></body></html>";
    town *made = state;
    return read_with("html", page, made->lexicon);
}

/* All pieces of a folder. */
static dsr_status run_reader(void *state)
{
    (void)state;
    const char *paths[] = {DSR_DATA_FOLDER "/../examples/reports"};
    dsr_reader *reader = NULL;
    dsr_status status = dsr_reader_open(paths, 1, 0, &reader, NULL);
    while (status == DSR_OK) {
        dsr_piece *piece = dsr_reader_next(reader, &status);
        if (piece == NULL) {
            break;
        }
        status = piece->status;
        dsr_piece_drop(piece);
    }
    dsr_reader_close(reader);
    return status;
}

static dsr_status run_clean(void *state)
{
    town *made = state;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_report report = bare_copy(&made->reports[0]);
    dsr_status status = dsr_clean_report(arena, made->lexicon, &report);
    dsr_arena_drop(arena);
    return status;
}

static dsr_status run_language(void *state)
{
    town *made = state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_tokens tokens = {0};
    if (arena == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_report report = bare_copy(&made->reports[0]);
    dsr_status status = dsr_language_find_sentences(arena, made->lexicon, &report);
    if (status == DSR_OK) {
        status = dsr_language_find_quotes(arena, made->lexicon, &report);
    }
    if (status == DSR_OK) {
        status = dsr_language_tokenize(arena, made->lexicon, report.meta.language, report.text,
                                       (dsr_span){0, (uint32_t)report.text.len}, &tokens);
    }
    dsr_arena_drop(arena);
    return status;
}

static dsr_status run_compare(void *state)
{
    town *made = state;
    dsr_compare_text *texts[2] = {NULL, NULL};
    dsr_reuse reuse;
    bool found = false;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena == NULL ? DSR_ERR_MEMORY : DSR_OK;
    for (unsigned i = 0; i < 2 && status == DSR_OK; i++) {
        status = dsr_compare_prepare(arena, &made->reports[i], &texts[i]);
    }
    memset(&reuse, PATTERN, sizeof reuse);
    if (status == DSR_OK) {
        status = dsr_compare_pair(arena, made->lexicon, texts[0], texts[1], &found, &reuse);
        fault_expect(status != DSR_OK || found, "the copied passage is found");
    }
    expect_untouched(status, &reuse, sizeof reuse);
    dsr_arena_drop(arena);
    return status;
}

static dsr_status fill_index(const town *made, dsr_copy_index *index, dsr_copy_pair **pairs, size_t *count)
{
    dsr_status status = index == NULL ? DSR_ERR_MEMORY : DSR_OK;
    for (uint32_t i = 0; i < 2 && status == DSR_OK; i++) {
        dsr_fingerprints prints = {0};
        status = dsr_fingerprints_take(made->texts[i], &prints);
        if (status == DSR_OK) {
            status = dsr_copy_index_add(index, i, &prints);
            dsr_fingerprints_drop(&prints);
        }
    }
    return status == DSR_OK ? dsr_copy_index_pairs(index, pairs, count) : status;
}

static dsr_status run_index(void *state)
{
    dsr_copy_pair *pairs = NULL;
    size_t count = 0;
    dsr_copy_index *index = dsr_copy_index_new();
    dsr_status status = fill_index(state, index, &pairs, &count);
    fault_expect(status != DSR_OK || count == 1, "the pair is found");
    fault_expect(status == DSR_OK || pairs == NULL, "a failure leaves the outputs untouched");
    free(pairs);
    dsr_copy_index_drop(index);
    return status;
}

/* So many that what waits becomes a segment. */
static dsr_status fill_copies(const dsr_chunks *chunks)
{
    enum { REPORTS = 520 };
    dsr_copies *copies = NULL;
    dsr_error error;
    dsr_status status = dsr_copies_open(chunks, NULL, &copies, &error);
    for (uint32_t i = 0; i < REPORTS && status == DSR_OK; i++) {
        uint64_t items[] = {i / 2, i + 1000, 7};
        dsr_fingerprints prints = {items, 3};
        dsr_copies_report report = {.number = i, .outlet = 1, .dated = i % 3 > 0, .day = (int32_t)i / 30};
        status = dsr_copies_add(copies, &report, &prints, &error);
    }
    if (status == DSR_OK) {
        status = dsr_copies_remove(copies, 3, &error);
    }
    if (status == DSR_OK) {
        status = dsr_copies_save(copies, &error);
    }
    dsr_copies_close(copies);
    return status;
}

static dsr_status ask_copies(const dsr_chunks *chunks)
{
    dsr_copies *copies = NULL;
    dsr_error error;
    dsr_copies_found found;
    uint64_t items[] = {200, 7, 1000000};
    dsr_fingerprints prints = {items, 3};
    dsr_copies_report report = {.number = 900, .dated = true, .day = 13};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena ? dsr_copies_open(chunks, NULL, &copies, &error) : DSR_ERR_MEMORY;
    memset(&found, PATTERN, sizeof found);
    if (status == DSR_OK) {
        status = dsr_copies_find(copies, arena, &report, &prints, &found, &error);
        fault_expect(status != DSR_OK || (found.candidates.count == 10 && found.capped == 1),
                     "the two that share a passage are found, and eight of the many");
    }
    expect_untouched(status, &found, sizeof found);
    dsr_copies_close(copies);
    dsr_arena_drop(arena);
    return status;
}

static dsr_status run_copies(void *state)
{
    (void)state;
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    if (!memory) {
        return DSR_ERR_MEMORY;
    }
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_status status = fill_copies(&chunks);
    if (status == DSR_OK) {
        status = ask_copies(&chunks);
    }
    dsr_memory_chunks_drop(memory);
    return status;
}

static dsr_status run_pack(void *state)
{
    town *made = state;
    dsr_buffer to;
    dsr_buffer_open(&to, 0);
    dsr_report_pack(&to, &made->reports[0]);
    dsr_status status = to.status;
    fault_expect(status != DSR_OK || dsr_slice_equal(dsr_buffer_slice(&to), dsr_buffer_slice(&made->packed)),
                 "the same record gives the same bytes");
    dsr_buffer_drop(&to);
    return status;
}

static dsr_status run_unpack(void *state)
{
    town *made = state;
    dsr_report report;
    dsr_error error;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return DSR_ERR_MEMORY;
    }
    memset(&report, PATTERN, sizeof report);
    dsr_status status = dsr_report_unpack(arena, dsr_buffer_slice(&made->packed), &report, &error);
    expect_untouched(status, &report, sizeof report);
    dsr_arena_drop(arena);
    return status;
}

static dsr_status run_json(void *state)
{
    town *made = state;
    dsr_buffer to;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_buffer_open(&to, 0);
    dsr_report_write_json(arena, &to, &made->reports[0], DSR_VIEW_EXTRACT);
    dsr_status status = to.status;
    dsr_buffer_drop(&to);
    dsr_arena_drop(arena);
    return status;
}

static dsr_status run_groups(void *state)
{
    town *made = state;
    dsr_story_terms terms[2] = {{0}, {0}};
    dsr_stream_options options = {.background_size = 1000};
    dsr_stream *stream = NULL;
    dsr_status status = dsr_stream_new(&options, &stream);
    for (unsigned i = 0; i < 2 && status == DSR_OK; i++) {
        status = dsr_story_terms_take(made->lexicon, &made->reports[i], NULL, &terms[i]);
    }
    for (unsigned i = 0; i < 2 && status == DSR_OK; i++) {
        dsr_stream_report report = {.report = i, .terms = &terms[i]};
        dsr_stream_decision decision;
        dsr_stream_events events;
        status = dsr_stream_add(stream, &report, &decision, &events);
        fault_expect(status != DSR_OK || decision.story - 1 <= i, "stories are counted from 1");
    }
    for (unsigned i = 0; i < 2; i++) {
        dsr_story_terms_drop(&terms[i]);
    }
    dsr_stream_drop(stream);
    return status;
}

static dsr_status put_and_get(dsr_store *store, const town *made)
{
    dsr_intake intake;
    dsr_id previous;
    dsr_store_report got;
    dsr_slices paths;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_store_report put = {
        .id = made->reports[0].id, .path = DSR_SLICE("a.txt"), .packed = dsr_buffer_slice(&made->packed)};
    dsr_status status = arena == NULL ? DSR_ERR_MEMORY : dsr_store_begin(store, NULL);
    if (status == DSR_OK) {
        status = dsr_store_put_report(store, &put, &intake, &previous, NULL);
        if (status == DSR_OK) {
            status = dsr_store_commit(store, NULL);
        }
        if (status != DSR_OK) {
            dsr_store_rollback(store);
        }
    }
    memset(&got, PATTERN, sizeof got);
    dsr_status taken = status;
    if (status == DSR_OK) {
        status = dsr_store_get_report(store, put.id, arena, &got, &paths, NULL);
        expect_untouched(status, &got, sizeof got);
    }
    uint64_t count = 0;
    fault_expect(dsr_store_count_reports(store, &count, NULL) != DSR_OK || count == (taken == DSR_OK),
                 "all or nothing is put");
    dsr_arena_drop(arena);
    return status;
}

static dsr_status run_memory_store(void *state)
{
    dsr_store *store = NULL;
    dsr_status status = dsr_store_open_memory(NULL, &store, NULL);
    if (status == DSR_OK) {
        status = put_and_get(store, state);
    }
    dsr_store_close(store);
    return status;
}

const fault_scenario fault_rooms[] = {
    {"open the lexicon", NULL, run_open_lexicon, NULL, NULL},
    {"read a text", NULL, run_read_text, NULL, NULL},
    {"read a JSON line", NULL, run_read_jsonl, NULL, NULL},
    {"read a page", make_town, run_read_page, NULL, drop_town},
    {"read a folder", NULL, run_reader, NULL, NULL},
    {"clean", make_town, run_clean, NULL, drop_town},
    {"language", make_town, run_language, NULL, drop_town},
    {"compare a pair", make_town, run_compare, NULL, drop_town},
    {"copy index", make_town, run_index, NULL, drop_town},
    {"copies as they grow", NULL, run_copies, NULL, NULL},
    {"pack", make_town, run_pack, NULL, drop_town},
    {"unpack", make_town, run_unpack, NULL, drop_town},
    {"write JSON", make_town, run_json, NULL, drop_town},
    {"group stories", make_town, run_groups, NULL, drop_town},
    {"memory store", make_town, run_memory_store, NULL, drop_town},
    {NULL, NULL, NULL, NULL, NULL},
};
