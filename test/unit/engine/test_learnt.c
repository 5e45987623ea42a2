/* Blocks that an outlet repeats under whatever it tells are furniture; what its reporters repeat is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "engine/learnt.h"

enum { PARTS = 6 };

/* A page of an outlet: its blocks are the parts, up to NULL. */
static dsr_report page_of(dsr_arena *arena, const char *url, const char *const parts[PARTS])
{
    dsr_report report = {0};
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    report.source.url = dsr_slice_of(url);
    for (size_t i = 0; i < PARTS && parts[i]; i++) {
        dsr_block block = {
            {(uint32_t)text.len, (uint32_t)(text.len + strlen(parts[i]))}, DSR_BLOCK_PARAGRAPH, 0};
        assert_int_equal(DSR_LIST_RESERVE(arena, &report.blocks, 1), DSR_OK);
        assert_int_equal(DSR_LIST_RESERVE(arena, &report.sentences, 1), DSR_OK);
        report.blocks.items[report.blocks.count++] = block;
        report.sentences.items[report.sentences.count++] = block.span;
        dsr_buffer_append(&text, dsr_slice_of(parts[i]));
        dsr_buffer_append(&text, DSR_SLICE("\n\n"));
    }
    assert_int_equal(dsr_arena_copy(arena, dsr_buffer_slice(&text), &report.text), DSR_OK);
    dsr_buffer_drop(&text);
    return report;
}

/* Learns from `count` pages, then lays it over the first; gives the labelled words, one block a line. */
static void learn(dsr_report *pages, size_t count, char *out, size_t room)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_learning *learning = dsr_learning_new();
    dsr_learnt learnt;
    dsr_buffer packed;
    dsr_buffer_open(&packed, 0);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(dsr_learning_add(learning, arena, &pages[i]), DSR_OK);
    }
    dsr_learning_pack(learning, &packed);
    assert_int_equal(dsr_learnt_unpack(dsr_buffer_slice(&packed), &learnt, NULL), DSR_OK);
    size_t sentences = pages[0].sentences.count;
    assert_int_equal(dsr_learnt_apply(&learnt, arena, &pages[0]), DSR_OK);
    assert_int_equal(pages[0].sentences.count, sentences - pages[0].furniture.count);
    out[0] = '\0';
    for (size_t i = 0; i < pages[0].furniture.count; i++) {
        dsr_span span = pages[0].furniture.items[i].span;
        assert_true(i == 0 || pages[0].furniture.items[i - 1].span.end <= span.start);
        size_t length = strlen(out);
        dsr_slice block = dsr_slice_part(pages[0].text, span.start, span.end);
        assert_true(length + block.len + 2 < room);
        memcpy(out + length, block.ptr, block.len);
        memcpy(out + length + block.len, "\n", 2);
    }
    dsr_buffer_drop(&packed);
    dsr_learning_drop(learning);
    dsr_learnt_clear(&learnt);
    dsr_arena_drop(arena);
}

static const char prompt[] = "Sign up for our harbour letter";
static const char plea[] = "We rely on readers like you to keep this paper going.";
static const char background[] =
    "The strike at the two yards began in March after talks about pay broke down.";
static const char *const body[] = {
    "The council of Osmund agreed on Monday to widen the quay, and the first stones are to be laid before "
    "the winter.",
    "A bakery in Lower Vell burnt down during the night, and the three people who slept above it were led "
    "out unhurt.",
    "Two schools in the hills will close for want of pupils, the province said, and their buses are to go to "
    "others.",
    "The rowing club won the long race on the lake for the fourth time, nine seconds ahead of the crew from "
    "the south.",
    "A court fined the owner of the old mill for letting dye run into the river on eleven days of the past "
    "summer.",
};

static void what_stands_on_every_page_is_furniture(void **state)
{
    (void)state;
    char out[512];
    dsr_report pages[5];
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < 5; i++) {
        const char *parts[PARTS] = {body[i], prompt, plea};
        pages[i] = page_of(arena, "https://www.example.org/a", parts);
    }
    learn(pages, 5, out, sizeof out);
    assert_string_equal(out, "Sign up for our harbour letter\n"
                             "We rely on readers like you to keep this paper going.\n");
    dsr_arena_drop(arena);
}

static const char *const own[5][3] = {
    {"The mayor agreed.", "Work takes a year.", "Ships may call meanwhile."},
    {"The oven was old.", "Nobody is blamed.", "Bread comes from Osmund."},
    {"Parents wrote.", "Buses leave at seven.", "The halls are for sale."},
    {"Rain fell.", "The south protested.", "The cup stays here."},
    {"He paid.", "Fish are back.", "The dye was blue."},
};

/* Inside the article, a sentence stays however often it is repeated. */
static void repeated_background_stays(void **state)
{
    (void)state;
    char out[512];
    dsr_report pages[5];
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < 5; i++) {
        const char *parts[PARTS] = {body[i], own[i][0], background, own[i][1], own[i][2]};
        pages[i] = page_of(arena, "https://www.example.org/a", parts);
    }
    learn(pages, 5, out, sizeof out);
    assert_string_equal(out, "");
    dsr_arena_drop(arena);
}

/* Three copies of one article teach nothing, nor do two articles, nor the pages of others. */
static void copies_and_strangers_teach_nothing(void **state)
{
    (void)state;
    static const char *const urls[] = {"https://a.example/1", "https://b.example/1", "https://c.example/1"};
    char out[512];
    dsr_report pages[3];
    dsr_arena *arena = dsr_arena_new(0);
    const char *same[PARTS] = {body[0], prompt, "Short"};
    for (size_t i = 0; i < 3; i++) {
        pages[i] = page_of(arena, urls[0], same);
    }
    learn(pages, 3, out, sizeof out);
    assert_string_equal(out, "");
    for (size_t i = 0; i < 3; i++) {
        const char *parts[PARTS] = {body[i], prompt};
        pages[i] = page_of(arena, urls[i], parts);
    }
    learn(pages, 3, out, sizeof out);
    assert_string_equal(out, "");
    for (size_t i = 0; i < 3; i++) {
        const char *parts[PARTS] = {body[i % 2], prompt};
        pages[i] = page_of(arena, urls[0], parts);
    }
    learn(pages, 3, out, sizeof out);
    assert_string_equal(out, "");
    dsr_arena_drop(arena);
}

static void case_and_marks_do_not_matter_and_order_neither(void **state)
{
    (void)state;
    char out[512], again[512];
    dsr_report pages[3];
    dsr_arena *arena = dsr_arena_new(0);
    const char *forms[] = {"Sign up for our harbour letter", "SIGN UP for our harbour letter >",
                           "Sign up for our harbour letter"};
    for (size_t i = 0; i < 3; i++) {
        const char *parts[PARTS] = {body[i], forms[i]};
        pages[i] = page_of(arena, "https://a.example/1", parts);
    }
    dsr_report turned[] = {pages[0], pages[2], pages[1]};
    learn(turned, 3, again, sizeof again);
    learn(pages, 3, out, sizeof out);
    assert_string_equal(out, "Sign up for our harbour letter\n");
    assert_string_equal(again, out);
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_on_every_page_is_furniture),
        cmocka_unit_test(repeated_background_stays),
        cmocka_unit_test(copies_and_strangers_teach_nothing),
        cmocka_unit_test(case_and_marks_do_not_matter_and_order_neither),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
