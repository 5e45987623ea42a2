/* What counts as copied, and what does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "compare/compare.h"
#include "reports.h"

static bool compare_reports(test_world *w, const dsr_report *a, const dsr_report *b, dsr_reuse *reuse)
{
    dsr_compare_text *x = NULL, *y = NULL;
    bool found = false;
    assert_int_equal(dsr_compare_prepare(w->arena, a, &x), DSR_OK);
    assert_int_equal(dsr_compare_prepare(w->arena, b, &y), DSR_OK);
    assert_int_equal(dsr_compare_pair(w->arena, w->lexicon, x, y, &found, reuse), DSR_OK);
    return found;
}

static bool compare_texts(void **state, const char *a, const char *b, dsr_reuse *reuse)
{
    test_world *w = *state;
    return compare_reports(w, test_report(w, a), test_report(w, b), reuse);
}

static const char ferry[] = "The night ferry to Osmund ran aground on a sandbank shortly after leaving the "
                            "harbour, and its passengers were taken off "
                            "by fishing boats before the tide turned.\n";

static void finds_a_sentence_inside_longer_texts(void **state)
{
    char a[1024], b[1024];
    strcpy(a, "Fog lay over the coast all evening and no flights left.\n\n");
    strcat(a, ferry);
    strcpy(b, ferry);
    strcat(b, "\nThe owners of the line have promised to look into what went wrong this time.\n");
    dsr_reuse reuse;
    assert_true(compare_texts(state, a, b, &reuse));
    assert_int_equal(reuse.passages.count, 1);
    assert_int_equal(reuse.words, 28);
    assert_int_equal(reuse.passages.items[0].from.start, strstr(a, "The night") - a);
    assert_int_equal(reuse.passages.items[0].to.start, 0);
    assert_int_equal(reuse.words_quoted, 0);
}

static void same_facts_in_other_words_are_no_copy(void **state)
{
    dsr_reuse reuse;
    assert_false(
        compare_texts(state, ferry,
                      "Fishing boats took everybody off the ferry bound for Osmund, which had got stuck on a "
                      "sandbank just outside the harbour.\n",
                      &reuse));
}

static void quoted_speech_alone_is_no_copy(void **state)
{
    dsr_reuse reuse;
    assert_false(compare_texts(state,
                               "The minister was brief. \"We will not close a single school in the north "
                               "while there are children who want to "
                               "learn there, and nobody has asked us to,\" she said.\n",
                               "Asked about the plan, she answered: \"We will not close a single school in "
                               "the north while there are children "
                               "who want to learn there, and nobody has asked us to.\"\n",
                               &reuse));
}

static void quotation_between_copied_words_belongs_to_the_passage(void **state)
{
    const char *text =
        "The council met behind closed doors for the third evening running and ended without a vote. "
        "\"We are closer than we were on Monday,\" its speaker told the waiting crowd before he left by "
        "the back door with two of his deputies.\n";
    dsr_reuse reuse;
    assert_true(compare_texts(state, text, text, &reuse));
    assert_int_equal(reuse.passages.count, 1);
    assert_int_equal(reuse.words_quoted, 8);
    assert_true(reuse.words > 30);
}

static void name_of_an_organisation_is_no_copy(void **state)
{
    dsr_reuse reuse;
    assert_false(
        compare_texts(state,
                      "Delegates of the Standing Conference for Trade and Navigation in the Northern Seas "
                      "arrived late.\n",
                      "A spokesman of the Standing Conference for Trade and Navigation in the Northern Seas "
                      "would not comment.\n",
                      &reuse));
}

static void furniture_is_no_evidence(void **state)
{
    test_world *w = *state;
    dsr_report *a = test_report(w, ferry), *b = test_report(w, ferry);
    dsr_reuse reuse;
    assert_true(compare_reports(w, a, b, &reuse));
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &b->furniture, 1), DSR_OK);
    b->furniture.items[b->furniture.count++] =
        (dsr_furniture){{0, (uint32_t)strlen(ferry)}, DSR_FURNITURE_CAPTION};
    assert_false(compare_reports(w, a, b, &reuse));
}

static void advertisement_does_not_part_a_passage(void **state)
{
    test_world *w = *state;
    const char *first =
        "The night ferry to Osmund ran aground on a sandbank shortly after leaving the harbour.\n";
    const char *second = "Its passengers were taken off by fishing boats before the tide turned.\n";
    char a[512], b[512];
    snprintf(a, sizeof a, "%s%s", first, second);
    snprintf(b, sizeof b, "%sAdvertisement\n%s", first, second);
    dsr_report *x = test_report(w, a), *y = test_report(w, b);
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &y->furniture, 1), DSR_OK);
    uint32_t at = (uint32_t)strlen(first);
    y->furniture.items[y->furniture.count++] = (dsr_furniture){{at, at + 13}, DSR_FURNITURE_ADVERT};
    dsr_reuse reuse;
    assert_true(compare_reports(w, x, y, &reuse));
    assert_int_equal(reuse.passages.count, 1);
    assert_int_equal(reuse.passages.items[0].edits.count, 0);
}

static void reordered_paragraphs_are_passages_of_their_own(void **state)
{
    const char *one =
        "The bridge at the mouth of the river was closed to lorries after a diver found cracks in two of its "
        "piers.\n\n";
    const char *two =
        "Repairs will take until spring, and those who live on the far bank must drive for an hour to reach "
        "the nearest town.\n\n";
    char a[1024], b[1024];
    snprintf(a, sizeof a, "%s%s", one, two);
    snprintf(b, sizeof b, "%s%s", two, one);
    dsr_reuse reuse;
    assert_true(compare_texts(state, a, b, &reuse));
    assert_int_equal(reuse.passages.count, 2);
    assert_true(reuse.passages.items[0].from.start < reuse.passages.items[1].from.start);
    assert_true(reuse.passages.items[0].to.start > reuse.passages.items[1].to.start);
}

/* A word that both texts happen to begin the next sentence with is no part of the passage, and was neither
 * added nor left out. */
static void the_next_sentence_is_not_swallowed(void **state)
{
    const char *one = "The bridge at the mouth of the river was closed to lorries after a diver found cracks "
                      "in its piers. ";
    char a[512], b[512];
    snprintf(a, sizeof a, "%sThe mayor blamed the winter.\n", one);
    snprintf(b, sizeof b, "%sThe owner of the yard across the water has known of them for years.\n", one);
    dsr_reuse reuse;
    assert_true(compare_texts(state, a, b, &reuse));
    assert_int_equal(reuse.passages.count, 1);
    assert_int_equal(reuse.passages.items[0].edits.count, 0);
    assert_int_equal(reuse.passages.items[0].from.end, strlen(one) - 2);
}

/* What stands before the copied words of a sentence is an edit of it, whole and without what both have. */
static void the_beginning_of_a_sentence_is_compared(void **state)
{
    static const struct {
        const char *from, *to, *shown_from, *shown_to;
    } cases[] = {
        {"Meanwhile, the", "The", "Meanwhile,", ""},
        {"Today's", "Wednesday's", "Today", "Wednesday"},
        {"At the yard the", "Since spring the", "At the yard", "Since spring"},
    };
    const char *rest = "closing of the bridge at the mouth of the river has cost the shops of the old town "
                       "half of their trade.\n";
    test_world *w = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char a[512], b[512];
        snprintf(a, sizeof a, "%s %s", cases[i].from, rest);
        snprintf(b, sizeof b, "%s %s", cases[i].to, rest);
        dsr_report *x = test_report(w, a), *y = test_report(w, b);
        dsr_reuse reuse;
        assert_true(compare_reports(w, x, y, &reuse));
        assert_int_equal(reuse.passages.count, 1);
        assert_int_equal(reuse.passages.items[0].edits.count, 1);
        dsr_edit edit = reuse.passages.items[0].edits.items[0];
        dsr_slice from = dsr_slice_part(x->text, edit.from.start, edit.from.end);
        dsr_slice to = dsr_slice_part(y->text, edit.to.start, edit.to.end);
        if (!dsr_slice_equal(from, dsr_slice_of(cases[i].shown_from)) ||
            !dsr_slice_equal(to, dsr_slice_of(cases[i].shown_to))) {
            fail_msg("%s: [%.*s] -> [%.*s]", cases[i].from, DSR_PRINT(from), DSR_PRINT(to));
        }
    }
}

static void a_copy_in_capitals_and_accents_is_a_copy(void **state)
{
    dsr_reuse reuse;
    assert_true(
        compare_texts(state,
                      "the cafe owner said that the naive plan would ruin every shop along the old promenade "
                      "before summer comes.\n",
                      "The caf\xc3\xa9 owner said that the na\xc3\xafve plan would ruin every shop along the "
                      "old promenade before summer comes.\n",
                      &reuse));
}

/* Words of one side inside a passage. */
static size_t count_words(const dsr_report *r, dsr_span span)
{
    size_t words = 0;
    bool inside = false;
    for (uint32_t i = span.start; i < span.end; i++) {
        bool word = r->text.ptr[i] >= 'a' && r->text.ptr[i] <= 'z';
        words += word && !inside;
        inside = word;
    }
    return words;
}

/* Random texts over few words, one an edited copy of the other: each passage's words and edits must make up
 * both sides. */
static void words_and_edits_make_up_both_sides(void **state)
{
    test_world *w = *state;
    uint32_t seed = 12345;
    for (int round = 0; round < 200; round++) {
        char a[4096], b[4096];
        size_t na = 0, nb = 0;
        for (int i = 0; i < 150; i++) {
            seed = seed * 1664525u + 1013904223u;
            char word[4] = {(char)('a' + (seed >> 24) % 26), (char)('a' + (seed >> 16) % 26), 0, 0};
            na += (size_t)sprintf(a + na, "%s ", word);
            uint32_t dice = (seed >> 8) % 20;
            if (dice == 0) {
                continue;
            }
            nb += (size_t)sprintf(b + nb, "%s ", dice == 1 ? "zz" : word);
            nb += dice == 2 ? (size_t)sprintf(b + nb, "yy ") : 0;
        }
        dsr_report *x = test_report(w, a), *y = test_report(w, b);
        dsr_reuse reuse;
        assert_true(compare_reports(w, x, y, &reuse));
        const dsr_report *from = reuse.from == 0 ? x : y, *to = reuse.from == 0 ? y : x;
        uint32_t from_end = 0;
        for (size_t p = 0; p < reuse.passages.count; p++) {
            const dsr_passage *passage = &reuse.passages.items[p];
            assert_true(passage->from.start >= from_end);
            from_end = passage->from.end;
            size_t removed = 0, added = 0;
            uint32_t at = passage->from.start;
            for (size_t e = 0; e < passage->edits.count; e++) {
                const dsr_edit *edit = &passage->edits.items[e];
                assert_true(edit->from.start >= at && edit->from.end <= passage->from.end);
                assert_true(edit->to.start >= passage->to.start && edit->to.end <= passage->to.end);
                at = edit->from.end;
                removed += count_words(from, edit->from);
                added += count_words(to, edit->to);
            }
            assert_int_equal(count_words(from, passage->from) - removed, passage->words);
            assert_int_equal(count_words(to, passage->to) - added, passage->words);
        }
    }
}

/* Eight words in common, then a word of each side's own, over and over: more edits than are listed. */
static void edits_are_listed_up_to_a_limit(void **state)
{
    for (int more = 0; more <= 1; more++) {
        size_t rounds = (size_t)DSR_LIMIT_EDITS + (size_t)more, na = 0, nb = 0;
        char *a = malloc(rounds * 80 + 80), *b = malloc(rounds * 80 + 80);
        assert_non_null(a);
        assert_non_null(b);
        for (size_t i = 0; i <= rounds; i++) {
            char common[64];
            int length = snprintf(common, sizeof common, "a%zx b%zx c%zx d%zx e%zx f%zx g%zx h%zx ", i, i, i,
                                  i, i, i, i, i);
            memcpy(a + na, common, (size_t)length + 1);
            memcpy(b + nb, common, (size_t)length + 1);
            na += (size_t)length;
            nb += (size_t)length;
            if (i < rounds) {
                na += (size_t)sprintf(a + na, "one ");
                nb += (size_t)sprintf(b + nb, "two ");
            }
        }
        dsr_reuse reuse;
        assert_true(compare_texts(state, a, b, &reuse));
        assert_int_equal(reuse.passages.count, 1);
        assert_int_equal(reuse.passages.items[0].edits.count, DSR_LIMIT_EDITS);
        assert_int_equal(reuse.words, 8 * (rounds + 1));
        free(a);
        free(b);
    }
}

/* Time must not explode where every window is alike. */
static void repetition_stays_linear(void **state)
{
    size_t size = 400000;
    char *text = malloc(size + 1);
    assert_non_null(text);
    for (size_t i = 0; i < size; i++) {
        text[i] = i % 3 == 2 ? ' ' : 'a';
    }
    text[size] = '\0';
    dsr_reuse reuse;
    assert_true(compare_texts(state, text, text, &reuse));
    free(text);
}

static void empty_and_tiny_texts_are_compared(void **state)
{
    dsr_reuse reuse;
    assert_false(compare_texts(state, "", "", &reuse));
    assert_false(compare_texts(state, "One", "One", &reuse));
    assert_false(compare_texts(state, "", ferry, &reuse));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_sentence_inside_longer_texts),
        cmocka_unit_test(same_facts_in_other_words_are_no_copy),
        cmocka_unit_test(quoted_speech_alone_is_no_copy),
        cmocka_unit_test(quotation_between_copied_words_belongs_to_the_passage),
        cmocka_unit_test(name_of_an_organisation_is_no_copy),
        cmocka_unit_test(furniture_is_no_evidence),
        cmocka_unit_test(advertisement_does_not_part_a_passage),
        cmocka_unit_test(reordered_paragraphs_are_passages_of_their_own),
        cmocka_unit_test(the_beginning_of_a_sentence_is_compared),
        cmocka_unit_test(the_next_sentence_is_not_swallowed),
        cmocka_unit_test(a_copy_in_capitals_and_accents_is_a_copy),
        cmocka_unit_test(words_and_edits_make_up_both_sides),
        cmocka_unit_test(edits_are_listed_up_to_a_limit),
        cmocka_unit_test(repetition_stays_linear),
        cmocka_unit_test(empty_and_tiny_texts_are_compared),
    };
    return cmocka_run_group_tests(tests, test_world_open, test_world_close);
}
