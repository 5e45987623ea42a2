/* Who said what, on the page of a story. */
#include "made.h"

#include <stdio.h>
#include <string.h>

static dsr_story_quote *add_quote(dsr_arena *arena, dsr_story *story, const char *speaker, const char *entity)
{
    assert_int_equal(DSR_LIST_RESERVE(arena, &story->quotes, 1), DSR_OK);
    dsr_story_quote *quote = &story->quotes.items[story->quotes.count++];
    *quote = (dsr_story_quote){.speaker = DSR_NO_ENTITY,
                               .speaker_name = dsr_slice_of(speaker),
                               .speaker_entity = dsr_slice_of(entity),
                               .confidence = speaker ? 950 : 0,
                               .said_day = DSR_NO_DAY};
    return quote;
}

/* The words of a report as a variant; the first one lends the quotation its text. */
static dsr_quote_variant *add_variant(dsr_arena *arena, const dsr_story *story, dsr_story_quote *quote,
                                      uint32_t report, const char *words)
{
    dsr_slice text = story->reports.items[report].report->text;
    assert_int_equal(DSR_LIST_RESERVE(arena, &quote->variants, 1), DSR_OK);
    dsr_quote_variant *variant = &quote->variants.items[quote->variants.count++];
    *variant = (dsr_quote_variant){.report = report, .span = made_find(text, words, 0)};
    if (quote->variants.count == 1)
        quote->text = dsr_slice_part(text, variant->span.start, variant->span.end);
    quote->words = 5;
    quote->reports++;
    return variant;
}

static void add_span(dsr_arena *arena, dsr_spans *to, dsr_span span)
{
    assert_int_equal(DSR_LIST_RESERVE(arena, to, 1), DSR_OK);
    to->items[to->count++] = span;
}

static const char full[] =
    "In port \"Every lamp will burn again before the winter, I say,\" Ana Luz told sailors.";
static const char shorter[] = "\xe2\x80\x9c"
                              "Every lamp will burn again before the winter\xe2\x80\x9d, she said.";
static const char other[] =
    "\"Every lamp will glow again,\" he said. \"Shame.\" \"Who?\" A man cried \"Fire in the hold\".";

static dsr_story *lamps(dsr_arena *arena)
{
    dsr_story *story = dsr_arena_alloc(arena, sizeof *story);
    assert_non_null(story);
    static const char *const texts[] = {full, shorter, shorter, full, other};
    for (size_t i = 0; i < 5; i++) {
        dsr_slice handle;
        assert_int_equal(dsr_arena_format(arena, &handle, "%03zu", i), DSR_OK);
        made_add(arena, story, made_report(arena, "in/a.txt", texts[i], "2022-01-11"), handle.ptr, 20, 0);
    }
    story->headline = DSR_SLICE("Lamps");
    assert_int_equal(DSR_LIST_RESERVE(arena, &story->cast, 1), DSR_OK);
    dsr_cast_entry *luz = &story->cast.items[story->cast.count++];
    *luz = (dsr_cast_entry){.entity = DSR_SLICE("per-luz"), .canonical = DSR_SLICE("Ana Luz")};
    assert_int_equal(DSR_LIST_RESERVE(arena, &luz->roles, 1), DSR_OK);
    luz->roles.items[luz->roles.count++] = (dsr_cast_role){DSR_SLICE("Keeper of lights"), 0, {0, 2}};
    dsr_story_quote *quote = add_quote(arena, story, "Ana Luz", "per-luz");
    quote->speaker = 0;
    quote->medium = DSR_MEDIUM_SPEECH;
    quote->audience = DSR_SLICE("sailors");
    quote->said_on = DSR_SLICE("2022-01-11");
    quote->said_day = 19003;
    add_variant(arena, story, quote, 0, "\"Every lamp will burn again before the winter, I say,\"");
    for (uint32_t i = 1; i < 3; i++) {
        dsr_quote_variant *cut = add_variant(arena, story, quote, i,
                                             "\xe2\x80\x9c"
                                             "Every lamp will burn again before the winter\xe2\x80\x9d");
        cut->kind = DSR_VARIANT_CUT;
        add_span(arena, &cut->left_out, made_find(dsr_slice_of(full), "I say", 0));
    }
    add_variant(arena, story, quote, 3, "\"Every lamp will burn again before the winter, I say,\"");
    dsr_quote_variant *changed = add_variant(arena, story, quote, 4, "\"Every lamp will glow again,\"");
    changed->kind = DSR_VARIANT_CHANGED;
    changed->speaker = DSR_SLICE("Per Orm");
    changed->otherwise = true;
    add_span(arena, &changed->added, made_find(dsr_slice_of(other), "glow", 0));
    return story;
}

/* clang-format off */
static const char lamps_page[] =
    "WHO SAID WHAT                                   by speaker; cuts stand under the fullest version\n"
    "  Ana Luz  Keeper of lights                                                              [000:0]\n"
    "    \"Every lamp will burn again before the winter, I say,\"  (speech, to sailors, 11 Jan\n"
    "    2022)                                                                                [000:8]\n"
    "      cut in 001 002: without \xe2\x80\x9cI say\xe2\x80\x9d                                                    [001:0]\n"
    "      the same in 003                                                                    [003:8]\n"
    "      changed in 004: \"Every lamp will glow again,\" (there said by Per Orm)              [004:0]\n";
/* clang-format on */

static void shows_each_version_once(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    const char *page = made_page(arena, lamps(arena), (dsr_look){.width = 96});
    assert_true(has(page, lamps_page));
    dsr_arena_drop(arena);
}

static void speakers_without_a_name_and_guesses_are_told(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story *story = lamps(arena);
    dsr_story_quote *quote = add_quote(arena, story, "A man", NULL);
    quote->confidence = 300;
    add_variant(arena, story, quote, 4, "\"Fire in the hold\"");
    quote = add_quote(arena, story, NULL, NULL);
    quote->said_on = DSR_SLICE("2022-01");
    quote->said_day = 18993;
    add_variant(arena, story, quote, 4, "\"Who?\"");
    const char *page = made_page(arena, story, (dsr_look){.width = 100});
    assert_true(has(page, "\n  A man\n    \"Fire in the hold\"  (the speaker is a guess)"));
    assert_true(has(page, "\n  not known who\n    \"Who?\"  (2022-01)"));
    dsr_arena_drop(arena);
}

static unsigned count(const char *page, const char *words)
{
    unsigned found = 0;
    for (const char *at = strstr(page, words); at; at = strstr(at + 1, words))
        found++;
    return found;
}

static void many_quotations_are_cut_short(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story *story = lamps(arena);
    for (int i = 0; i < 9; i++)
        add_variant(arena, story, add_quote(arena, story, "Per Orm", "per-orm"), 4, "\"Shame.\"");
    for (int i = 0; i < 2; i++) {
        dsr_story_quote *quote = add_quote(arena, story, "Per Orm", "per-orm");
        quote->kind = DSR_QUOTE_INDIRECT;
        add_variant(arena, story, quote, 4, "cried");
    }
    for (int i = 0; i < 30; i++) {
        dsr_slice name;
        assert_int_equal(dsr_arena_format(arena, &name, "Man %d", i), DSR_OK);
        add_variant(arena, story, add_quote(arena, story, name.ptr, name.ptr), 4, "\"Shame.\"");
    }
    const char *page = made_page(arena, story, (dsr_look){.width = 80});
    assert_int_equal(count(page, "\"Shame.\""), 6 + 10);
    assert_true(has(page, "    \xe2\x80\xa6 and 3 more\n"));
    assert_true(has(page, "  \xe2\x80\xa6 and 20 more by others, 2 in indirect speech; --all shows them\n"));
    page = made_page(arena, story, (dsr_look){.width = 80, .all = true});
    assert_int_equal(count(page, "\"Shame.\""), 9 + 30);
    assert_int_equal(count(page, "    cried"), 2);
    assert_int_equal(count(page, "more"), 0);
    dsr_arena_drop(arena);
}

static void the_most_shared_are_shown_in_order_of_time(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story *story = lamps(arena);
    story->quotes.count = 0;
    for (uint32_t i = 0; i < 8; i++) {
        dsr_slice text;
        dsr_story_quote *quote = add_quote(arena, story, "Per Orm", "per-orm");
        add_variant(arena, story, quote, 4, "\"Shame.\"");
        assert_int_equal(dsr_arena_format(arena, &text, "\"number %u\"", i), DSR_OK);
        quote->text = text;
        quote->reports = i == 7 || i == 2 ? 3 : 1;
        quote->words = i;
    }
    const char *page = made_page(arena, story, (dsr_look){.width = 80});
    const char *two = strstr(page, "number 2"), *seven = strstr(page, "number 7");
    assert_true(two && seven && two < seven);
    assert_null(strstr(page, "number 0"));
    assert_null(strstr(page, "number 1"));
    dsr_arena_drop(arena);
}

static void many_versions_are_counted(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story *story = lamps(arena);
    static const char *const words[] = {"Every", "lamp", "will", "burn", "again", "before", "the"};
    for (size_t i = 0; i < 7; i++) {
        dsr_quote_variant *cut = add_variant(arena, story, &story->quotes.items[0], 1, words[i]);
        cut->kind = DSR_VARIANT_CUT;
        for (int j = 0; j < 3; j++)
            add_span(arena, &cut->left_out, made_find(dsr_slice_of(full), "lamp", 0));
    }
    const char *page = made_page(arena, story, (dsr_look){.width = 80});
    assert_true(has(page, "cut in 001 to \xe2\x80\x9c"
                          "Every\xe2\x80\x9d"));
    assert_true(has(page, "\xe2\x80\xa6 and in other words in 6 more\n"));
    page = made_page(arena, story, (dsr_look){.width = 80, .all = true});
    assert_true(has(page, "to \xe2\x80\x9cthe\xe2\x80\x9d"));
    dsr_arena_drop(arena);
}

static void lines_stay_within_the_page(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story *story = lamps(arena);
    dsr_story_quote *quote =
        add_quote(arena, story,
                  "A man with a name that goes on \033[31m and on and on and on and on and on and on", "x");
    quote->audience =
        DSR_SLICE("everybody who had come to the quay that evening, and to \033[2J those at home");
    add_variant(arena, story, quote, 4, "\"Shame.\"");
    quote->text = DSR_SLICE("\"A\007 very \xe6\x9d\x8e\xe5\xa8\x9c long one, "
                            "Donaudampfschiffahrtsgesellschaftskapitaenswitwenrentenauszahlungsstelle,"
                            " that goes on and on and on until nobody wants to read it any more\"");
    for (unsigned width = 40; width <= 200; width += 9) {
        check_page(made_page(arena, story, (dsr_look){.width = width}), width, false);
        check_page(made_page(arena, story, (dsr_look){.width = width, .colour = true, .all = true}), width,
                   true);
    }
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_each_version_once),
        cmocka_unit_test(speakers_without_a_name_and_guesses_are_told),
        cmocka_unit_test(many_quotations_are_cut_short),
        cmocka_unit_test(the_most_shared_are_shown_in_order_of_time),
        cmocka_unit_test(many_versions_are_counted),
        cmocka_unit_test(lines_stay_within_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
