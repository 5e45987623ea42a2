/* Blocks that an outlet repeats under whatever it tells are furniture; what its reporters repeat is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "engine/learnt.h"

enum { PARTS = 6, PAGES = 8 };

static dsr_lexicon *words;

static int open_words(void **state)
{
    (void)state;
    return dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &words, NULL) == DSR_OK ? 0 : -1;
}

static int close_words(void **state)
{
    (void)state;
    dsr_lexicon_close(words);
    return 0;
}

/* A page of an outlet: its blocks are the parts, up to NULL. */
static dsr_report page_of(dsr_arena *arena, const char *url, const char *const parts[PARTS])
{
    dsr_report report = {0};
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    report.source.url = dsr_slice_of(url);
    report.meta.language = DSR_SLICE("en");
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
    dsr_learning *learning = dsr_learning_new(words);
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
    "The library of Vell opens on Sundays from next month, its keeper having found four people to sit at the "
    "desk.",
    "Snow closed the pass above the two lakes for the first time since the road was built, and eleven cars "
    "turned back.",
    "A choir of ninety sang in the fish hall on Saturday for the crews who were lost in the storm of four "
    "years ago.",
};

/* Labels what the pages teach about the first of them when `part` stands at `place` among four others on
 * `bearers` of the PAGES pages. */
static void learn_part(const char *part, size_t place, size_t bearers, dsr_block_kind kind, char *out,
                       size_t room)
{
    static const char *const names[] = {"one", "two", "three", "four", "five", "six", "seven", "eight"};
    dsr_report pages[PAGES];
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < PAGES; i++) {
        char own[4][64];
        const char *parts[PARTS] = {body[i]};
        size_t count = 1;
        for (size_t k = 0; k < 4; k++) {
            if (k == place && i < bearers) {
                parts[count++] = part;
            }
            snprintf(own[k], sizeof own[k], "It is house %s of street %s.", names[i], names[k]);
            parts[count++] = own[k];
        }
        if (place == 4 && i < bearers) {
            parts[count++] = part;
        }
        pages[i] = page_of(arena, "https://www.example.org/a", parts);
        if (i < bearers) {
            pages[i].blocks.items[place + 1].kind = kind;
        }
    }
    learn(pages, PAGES, out, room);
    dsr_arena_drop(arena);
}

static void what_stands_on_every_page_is_furniture(void **state)
{
    (void)state;
    char out[512];
    dsr_report pages[PAGES];
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < PAGES; i++) {
        const char *parts[PARTS] = {body[i], prompt, plea};
        pages[i] = page_of(arena, "https://www.example.org/a", parts);
    }
    learn(pages, PAGES, out, sizeof out);
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

/* A sentence is learnt at the edge and only from many; where it stands inside another article, it stays. */
static void sentences_are_learnt_from_many_and_only_at_the_edge(void **state)
{
    (void)state;
    char out[512];
    learn_part(plea, 4, PAGES, DSR_BLOCK_PARAGRAPH, out, sizeof out);
    assert_string_equal(out, "We rely on readers like you to keep this paper going.\n");
    learn_part(plea, 4, PAGES - 1, DSR_BLOCK_PARAGRAPH, out, sizeof out);
    assert_string_equal(out, "");
    learn_part(plea, 2, PAGES, DSR_BLOCK_PARAGRAPH, out, sizeof out);
    assert_string_equal(out, "");

    dsr_report pages[PAGES + 1];
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < PAGES; i++) {
        const char *parts[PARTS] = {body[i], "Short", plea};
        pages[i + 1] = page_of(arena, "https://www.example.org/a", parts);
    }
    const char *inside[PARTS] = {"Nobody was hurt in it.", "The keeper slept.", plea, "The lamp was out.",
                                 "The moon was not."};
    pages[0] = page_of(arena, "https://www.example.org/a", inside);
    learn(pages, PAGES + 1, out, sizeof out);
    assert_string_equal(out, "");
    dsr_arena_drop(arena);
}

/* In whatever script: its stops, its closing marks, its digits; and scripts that write no stops. */
static void sentences_of_all_scripts_stay(void **state)
{
    (void)state;
    char out[512];
    static const char *const told[] = {
        "\u092a\u0941\u0932\u093f\u0938 \u0906\u092f\u0940\u0964", /* danda */
        "\u8b66\u65b9\u6765\u4e86\uff01",
        "\u0647\u0644 \u0642\u062a\u0644\u061f",
        "\u0627\u0641\u0633\u0631\u06d4",
        "\u300c\u6765\u305f\u300d",
        "No one was hurt (police)",
        "\u201eNie\u201c",
        "\u0e15\u0e33\u0e23\u0e27\u0e08", /* Thai */
        "\u0ea5\u0eb2\u0ea7",             /* Lao */
        "\u1781\u17d2\u1798\u17c2\u179a"  /* Khmer */
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        learn_part(told[i], 2, 3, DSR_BLOCK_PARAGRAPH, out, sizeof out);
        assert_string_equal(out, "");
    }
    learn_part("\u0935\u0939 \u096a \u0935\u0930\u094d\u0937\u0964", 4, PAGES, DSR_BLOCK_PARAGRAPH, out,
               sizeof out);
    assert_string_equal(out, "");
}

/* What leads in, what somebody says, and items of lists that are not on every page. */
static void what_may_tell_is_not_learnt(void **state)
{
    (void)state;
    char out[512];
    learn_part(prompt, 2, 3, DSR_BLOCK_PARAGRAPH, out, sizeof out);
    assert_string_equal(out, "Sign up for our harbour letter\n");
    learn_part("The minister of the harbours:", 2, PAGES, DSR_BLOCK_PARAGRAPH, out, sizeof out);
    assert_string_equal(out, "");
    learn_part("What the minister said on Monday", 2, PAGES, DSR_BLOCK_PARAGRAPH, out, sizeof out);
    assert_string_equal(out, "");
    learn_part("Read More and View Comments", 2, 3, DSR_BLOCK_PARAGRAPH, out, sizeof out);
    assert_string_equal(out, "Read More and View Comments\n");
    learn_part("The mayor has resigned", 2, PAGES, DSR_BLOCK_LIST_ITEM, out, sizeof out);
    assert_string_equal(out, "");
    learn_part("The mayor has resigned", 4, PAGES - 1, DSR_BLOCK_LIST_ITEM, out, sizeof out);
    assert_string_equal(out, "");
    learn_part("Our letter for the harbour", 4, PAGES, DSR_BLOCK_LIST_ITEM, out, sizeof out);
    assert_string_equal(out, "Our letter for the harbour\n");
}

/* A long account of the paper under every article does not make them one. */
static void what_all_pages_bear_tells_no_article(void **state)
{
    (void)state;
    static const char about[] = "The Osmund Post was founded by two fishermen and is owned by a trust whose "
                                "board is chosen by readers "
                                "and staff together every four years, and it publishes what it earns and "
                                "spends each spring so that all "
                                "can see it and judge whether the money was well used.";
    char out[512];
    dsr_report pages[3];
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < 3; i++) {
        const char *parts[PARTS] = {body[i], prompt, about};
        pages[i] = page_of(arena, "https://a.example/1", parts);
    }
    learn(pages, 3, out, sizeof out);
    assert_string_equal(out, "Sign up for our harbour letter\n");
    dsr_arena_drop(arena);
}

static void hosts_for_other_screens_are_one_outlet(void **state)
{
    (void)state;
    static const char *const urls[] = {"https://www.Osmund.example/1", "https://m.osmund.example/2",
                                       "https://amp.osmund.example/3"};
    char out[512];
    dsr_report pages[3];
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < 3; i++) {
        const char *parts[PARTS] = {body[i], prompt};
        pages[i] = page_of(arena, urls[i], parts);
    }
    learn(pages, 3, out, sizeof out);
    assert_string_equal(out, "Sign up for our harbour letter\n");
    dsr_arena_drop(arena);
}

static void credits_go_with_the_block(void **state)
{
    (void)state;
    char out[512];
    dsr_report pages[3];
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < 3; i++) {
        const char *parts[PARTS] = {body[i], "More from Reuters"};
        pages[i] = page_of(arena, "https://a.example/1", parts);
        assert_int_equal(DSR_LIST_RESERVE(arena, &pages[i].credits, 1), DSR_OK);
        pages[i].credits.items[pages[i].credits.count++] =
            (dsr_credit){pages[i].blocks.items[1].span, DSR_SLICE("Reuters")};
    }
    learn(pages, 3, out, sizeof out);
    assert_string_equal(out, "More from Reuters\n");
    assert_int_equal(pages[0].credits.count, 0);
    assert_int_equal(pages[1].credits.count, 1);
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_on_every_page_is_furniture),
        cmocka_unit_test(repeated_background_stays),
        cmocka_unit_test(copies_and_strangers_teach_nothing),
        cmocka_unit_test(case_and_marks_do_not_matter_and_order_neither),
        cmocka_unit_test(sentences_are_learnt_from_many_and_only_at_the_edge),
        cmocka_unit_test(sentences_of_all_scripts_stay),
        cmocka_unit_test(what_may_tell_is_not_learnt),
        cmocka_unit_test(what_all_pages_bear_tells_no_article),
        cmocka_unit_test(hosts_for_other_screens_are_one_outlet),
        cmocka_unit_test(credits_go_with_the_block),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
