/* Who says what by the grammar of a sentence, with the weights and tables that are shipped: what is clear
 * must come out; and whatever goes in, spans lie in the text, in order, and memory that runs out is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "annotate/attributions_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "no_memory.h"

typedef struct world {
    dsr_lexicon *lexicon;
    dsr_syntax_model *syntax;
    dsr_attribution_tables *tables;
    dsr_arena *arena;
} world;

static int world_open(void **state)
{
    static world w;
    dsr_error error;
    dsr_error_clear(&error);
    w.arena = dsr_arena_new(0);
    if (w.arena == NULL || dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &w.lexicon, &error) != DSR_OK ||
        dsr_syntax_open(DSR_DATA_FOLDER "/../models/en.syntax", &w.syntax, &error) != DSR_OK ||
        dsr_attribution_tables_open(DSR_DATA_FOLDER, NULL, &w.tables, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return -1;
    }
    *state = &w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    dsr_attribution_tables_drop(w->tables);
    dsr_attribution_tables_drop(NULL);
    dsr_syntax_drop(w->syntax);
    dsr_lexicon_close(w->lexicon);
    dsr_arena_drop(w->arena);
    return 0;
}

/* ---- help ---- */

typedef struct read_text {
    dsr_report report;
    dsr_refer_sentence *sentences;
    dsr_attributions found;
} read_text;

static void parse(world *w, dsr_slice text, read_text *out)
{
    *out = (read_text){.report = {.text = text}};
    out->report.meta.language = DSR_SLICE("en");
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, &out->report), DSR_OK);
    assert_int_equal(dsr_language_find_quotes(w->arena, w->lexicon, &out->report), DSR_OK);
    size_t count = out->report.sentences.count;
    out->sentences = dsr_arena_alloc_array(w->arena, count + 1, sizeof *out->sentences);
    assert_non_null(out->sentences);
    for (size_t i = 0; i < count; i++) {
        dsr_tokens tokens = {0};
        dsr_syntax *syntax = dsr_arena_alloc(w->arena, sizeof *syntax);
        assert_non_null(syntax);
        assert_int_equal(dsr_language_tokenize(w->arena, w->lexicon, out->report.meta.language, text,
                                               out->report.sentences.items[i], &tokens),
                         DSR_OK);
        assert_int_equal(dsr_syntax_analyse(w->syntax, w->arena, text, tokens.items, tokens.count, syntax),
                         DSR_OK);
        out->sentences[i] = (dsr_refer_sentence){tokens.items, tokens.count, syntax};
    }
}

static void find(world *w, dsr_slice text, read_text *out)
{
    parse(w, text, out);
    assert_int_equal(dsr_attributions_find(w->tables, w->arena, out->sentences, out->report.sentences.count,
                                           &out->report, &out->found),
                     DSR_OK);
}

static void assert_text(dsr_slice text, dsr_span span, const char *expected)
{
    dsr_slice is = dsr_slice_part(text, span.start, span.end);
    if (!dsr_slice_equal(is, dsr_slice_of(expected))) {
        fail_msg("\"%.*s\" where \"%s\" was expected in: %.*s", DSR_PRINT(is), expected, DSR_PRINT(text));
    }
}

/* The attribution with this cue. */
static const dsr_attribution *with_cue(const read_text *r, const char *cue)
{
    for (size_t i = 0; i < r->found.count; i++) {
        dsr_span span = r->found.items[i].cue;
        if (dsr_slice_equal(dsr_slice_part(r->report.text, span.start, span.end), dsr_slice_of(cue))) {
            return &r->found.items[i];
        }
    }
    fail_msg("no cue \"%s\" in: %.*s", cue, DSR_PRINT(r->report.text));
    return NULL;
}

typedef struct expected {
    const char *text, *source, *cue, *content;
} expected;

static void check(world *w, const expected *e)
{
    read_text r;
    find(w, dsr_slice_of(e->text), &r);
    const dsr_attribution *a = with_cue(&r, e->cue);
    assert_text(r.report.text, a->source, e->source);
    assert_true(a->contents > 0);
    assert_text(r.report.text, a->content[0], e->content);
}

/* ---- tests ---- */

static void clauses(void **state)
{
    static const expected cases[] = {
        {"The minister said that the bridge would be closed.", "The minister", "said",
         "that the bridge would be closed"},
        {"She has warned the river may rise again.", "She", "has warned", "the river may rise again"},
        {"The bridge will be closed on Monday, the mayor said.", "the mayor", "said",
         "The bridge will be closed on Monday"},
        {"A new survey shows that prices fell in May.", "A new survey", "shows", "that prices fell in May"},
        {"The governor told reporters that the dam was safe.", "The governor", "told",
         "that the dam was safe"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(*state, &cases[i]);
    }
}

static void other_frames(void **state)
{
    static const expected cases[] = {
        {"The senator criticized the new budget.", "The senator", "criticized", "the new budget"},
        {"The union called for a general strike.", "The union", "called for", "a general strike"},
        {"According to the ministry, two soldiers were wounded.", "the ministry", "According to",
         "two soldiers were wounded"},
        {"Two soldiers were wounded, according to the ministry.", "the ministry", "according to",
         "Two soldiers were wounded"},
        {"The mayor has promised to rebuild the school.", "The mayor", "has promised",
         "to rebuild the school"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(*state, &cases[i]);
    }
}

static void words_in_marks(void **state)
{
    static const expected cases[] = {
        {"\"We will rebuild the school,\" she said.", "she", "said", "\"We will rebuild the school,\""},
        {"The mayor said: \"We will rebuild the school.\"", "The mayor", "said",
         "\"We will rebuild the school.\""},
        {"The mayor added:\n\n\"We will rebuild the school.\"", "The mayor", "added",
         "\"We will rebuild the school.\""},
        {"\"We will rebuild it,\" said Anna Lee, a teacher.", "Anna Lee, a teacher", "said",
         "\"We will rebuild it,\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(*state, &cases[i]);
    }
}

/* Words that say nothing by themselves, between the verb and what is told. */
static void a_cue_reaches_to_its_content(void **state)
{
    static const expected cases[] = {
        {"The minister was accused of lying to parliament.", "", "was accused of", "The minister"},
        {"The minister said Tuesday that the bridge would be closed.", "The minister", "said Tuesday",
         "that the bridge would be closed"},
        {"She turned her attention to the bridge.", "She", "turned her attention to", "the bridge"},
        {"The engineer pointed out that the bridge was old.", "The engineer", "pointed out",
         "that the bridge was old"},
        {"The minister said in a statement that the bridge would be closed.", "The minister",
         "said in a statement", "that the bridge would be closed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(*state, &cases[i]);
    }
}

/* What differs by one bit in its last letter is another word, of whatever kind. */
static void a_short_name_is_no_phrase(void **state)
{
    read_text r;
    find(*state, DSR_SLICE("But the breaking point, Ash wrote, came when Pam Keller left the hall."), &r);
    for (size_t i = 0; i < r.found.count; i++) {
        assert_int_not_equal(r.found.items[i].how, DSR_SAID_ACCORDING);
    }
    assert_text(r.report.text, with_cue(&r, "wrote")->source, "Ash");
}

static void an_apposition_belongs_to_the_source(void **state)
{
    expected e = {"Anna Lee, a teacher from Leeds, said that the school was full.",
                  "Anna Lee, a teacher from Leeds,", "said", "that the school was full"};
    check(*state, &e);
}

static void the_audience_is_told(void **state)
{
    read_text r;
    find(*state, DSR_SLICE("The governor told reporters that the dam was safe."), &r);
    assert_text(r.report.text, with_cue(&r, "told")->audience, "reporters");
}

static void cue_and_source_are_no_content(void **state)
{
    read_text r;
    find(*state, DSR_SLICE("The bridge, the mayor said, will be closed on Monday."), &r);
    const dsr_attribution *a = with_cue(&r, "said");
    assert_int_equal(a->contents, 2);
    assert_text(r.report.text, a->content[0], "The bridge");
    assert_text(r.report.text, a->content[1], "will be closed on Monday");
}

static void plain_events_are_none(void **state)
{
    static const char *const texts[] = {"The train left the station at noon.", "Rain fell on the hills.",
                                        "A lorry struck the wall of the old church.",
                                        "The ferry costs 14 crowns per person."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_text r;
        find(*state, dsr_slice_of(texts[i]), &r);
        assert_int_equal(r.found.count, 0);
    }
}

static void assert_sound(const read_text *r)
{
    for (size_t i = 0; i < r->found.count; i++) {
        const dsr_attribution *a = &r->found.items[i];
        assert_true(a->cue.start < a->cue.end && a->cue.end <= r->report.text.len);
        assert_true(a->source.start <= a->source.end && a->source.end <= r->report.text.len);
        assert_true(a->contents > 0 && a->contents <= DSR_ATTRIBUTION_CONTENTS && a->score <= 1000);
        assert_true(i == 0 || r->found.items[i - 1].sentence <= a->sentence);
        for (uint32_t k = 0; k < a->contents; k++) {
            assert_true(a->content[k].start < a->content[k].end && a->content[k].end <= r->report.text.len);
            assert_true(k == 0 || a->content[k - 1].end <= a->content[k].start);
        }
    }
}

/* Words of speech, marks and stops in any order. */
static void any_text_is_sound(void **state)
{
    static const char *const words[] = {"said",  "\"", ",",   "according", "to",   "that",    "he",    "the",
                                        "claim", "of", ":",   "\n\n",      "told", "reports", "who",   ".",
                                        "'",     "is", "for", "Ann",       "(",    "calls",   "afraid"};
    world *w = *state;
    uint32_t seed = 7;
    for (int round = 0; round < 200; round++) {
        char text[1024];
        size_t length = 0;
        for (int i = 0; i < 60; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *word = words[(seed >> 16) % (sizeof words / sizeof *words)];
            length += (size_t)snprintf(text + length, sizeof text - length, "%s ", word);
        }
        read_text r;
        find(w, (dsr_slice){text, length}, &r);
        assert_sound(&r);
    }
}

static void long_sentences_end(void **state)
{
    enum { REPEATS = 20000 };
    static const char piece[] = "he said that ";
    char *text = malloc(REPEATS * (sizeof piece - 1) + 1);
    assert_non_null(text);
    for (size_t i = 0; i < REPEATS; i++) {
        memcpy(text + i * (sizeof piece - 1), piece, sizeof piece);
    }
    read_text r;
    find(*state, (dsr_slice){text, REPEATS * (sizeof piece - 1)}, &r);
    assert_sound(&r);
    free(text);
}

static void without_syntax_there_is_nothing(void **state)
{
    world *w = *state;
    read_text r;
    parse(w, DSR_SLICE("She said it was late."), &r);
    r.sentences[0].syntax = NULL;
    assert_int_equal(dsr_attributions_find(w->tables, w->arena, r.sentences, 1, &r.report, &r.found), DSR_OK);
    assert_int_equal(r.found.count, 0);
}

static void memory_that_runs_out_is_told(void **state)
{
    world *w = *state;
    read_text r;
    parse(w, DSR_SLICE("She said it was late. He said it was early."), &r);
    dsr_status status = DSR_ERR_MEMORY;
    for (long n = 0; n < 100 && status != DSR_OK; n++) {
        dsr_arena *arena = dsr_arena_new(0);
        assert_non_null(arena);
        calls_left = n;
        status = dsr_attributions_find(w->tables, arena, r.sentences, 2, &r.report, &r.found);
        calls_left = -1;
        assert_true(status == DSR_OK || status == DSR_ERR_MEMORY);
        dsr_arena_drop(arena);
    }
    assert_int_equal(status, DSR_OK);
}

/* ---- the table ---- */

static dsr_status open_lines(const char *lines, dsr_attribution_tables **out, dsr_error *error)
{
    char folder[] = "/tmp/cuesXXXXXX";
    char path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/en", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/en/cues.tsv", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(lines, file);
    fclose(file);
    dsr_status status = dsr_attribution_tables_open(DSR_DATA_FOLDER, folder, out, error);
    unlink(path);
    snprintf(path, sizeof path, "%s/en", folder);
    rmdir(path);
    rmdir(folder);
    return status;
}

static void lines_that_make_no_sense_are_named(void **state)
{
    (void)state;
    static const char *const bad[] = {"say\tverb\tsay\tthat never\n", "say\tverb\tshout\tthat\n",
                                      "say\tparticle\tsay\tthat\n", "\tverb\tsay\tthat\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dsr_attribution_tables *tables = NULL;
        dsr_error error;
        dsr_error_clear(&error);
        assert_int_equal(open_lines(bad[i], &tables, &error), DSR_ERR_INPUT);
        assert_null(tables);
        assert_non_null(strstr(error.subject, "cues.tsv"));
    }
}

static void lines_of_the_user_win(void **state)
{
    (void)state;
    dsr_attribution_tables *tables = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    assert_int_equal(open_lines("say\tverb\tthink\tto-np\n", &tables, &error), DSR_OK);
    dsr_cue_entry say = dsr_cue_find(tables, DSR_CUE_VERB, DSR_SLICE("say"));
    assert_int_equal(say.kind, DSR_CUE_IS_think);
    assert_int_equal(say.takes, dsr_cue_preposition(DSR_SLICE("to")));
    assert_int_equal(dsr_cue_find(tables, DSR_CUE_NOUN, DSR_SLICE("say")).kind, 0);
    assert_int_not_equal(dsr_cue_find(tables, DSR_CUE_VERB, DSR_SLICE("add")).kind, 0);
    dsr_attribution_tables_drop(tables);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clauses),
        cmocka_unit_test(other_frames),
        cmocka_unit_test(words_in_marks),
        cmocka_unit_test(a_cue_reaches_to_its_content),
        cmocka_unit_test(a_short_name_is_no_phrase),
        cmocka_unit_test(an_apposition_belongs_to_the_source),
        cmocka_unit_test(the_audience_is_told),
        cmocka_unit_test(cue_and_source_are_no_content),
        cmocka_unit_test(plain_events_are_none),
        cmocka_unit_test(any_text_is_sound),
        cmocka_unit_test(long_sentences_end),
        cmocka_unit_test(without_syntax_there_is_nothing),
        cmocka_unit_test(memory_that_runs_out_is_told),
        cmocka_unit_test(lines_that_make_no_sense_are_named),
        cmocka_unit_test(lines_of_the_user_win),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
