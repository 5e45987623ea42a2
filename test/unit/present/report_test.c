/* The view of `read`. */
#include "made.h"

#include <string.h>

static const char text[] =
    "Ferry runs aground\nBy Ann Moor\n\nA ferry ran aground off Norrholm. Share this\n\n\xc3\x89lan vital.\n";

static dsr_report *ferry(dsr_arena *arena)
{
    dsr_report *report = made_report(arena, "in/000_a.txt", text, "2023-03-07");
    made_furniture(arena, report, "Ferry runs aground", DSR_FURNITURE_HEADLINE);
    made_furniture(arena, report, "By Ann Moor", DSR_FURNITURE_BYLINE);
    made_furniture(arena, report, "Share this", DSR_FURNITURE_SHARE);
    report->meta.headline = DSR_SLICE("Ferry runs aground");
    report->meta.headline_from = DSR_FROM_TEXT;
    report->meta.published_from = DSR_FROM_OPTION;
    report->meta.published_why = DSR_SLICE("--published");
    report->source.format = DSR_SLICE("text");
    assert_int_equal(dsr_report_warn(arena, report, "a date was \033 not read"), DSR_OK);
    return report;
}

static const char *view(dsr_arena *arena, const dsr_report *report, dsr_look look)
{
    dsr_buffer to;
    dsr_slice page;
    dsr_buffer_open(&to, 0);
    assert_int_equal(dsr_present_report(arena, &to, report, look), DSR_OK);
    assert_int_equal(dsr_arena_copy(arena, dsr_buffer_slice(&to), &page), DSR_OK);
    dsr_buffer_drop(&to);
    return page.ptr;
}

static void shows_furniture_in_its_place(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    const char *page = view(arena, ferry(arena), (dsr_look){.width = 80});
    check_page(page, 80, false);
    assert_true(has(
        page, "in/000_a.txt\n  id             5b000000000000000000000000000000\n  format         text\n"));
    assert_true(has(page, "  headline       Ferry runs aground (stated in its text)\n"));
    assert_true(
        has(page, "  published      2023-03-07 (given with the call)\n                 --published\n"));
    assert_true(has(page, "  warning        a date was \xef\xbf\xbd not read\n"));
    assert_true(has(
        page, "  headline       Ferry runs aground                                      [000:0]\n"
              "  byline         By Ann Moor                                            [000:19]\n"
              "                 A ferry ran aground off Norrholm.                      [000:32]\n"
              "  share          Share this                                             [000:66]\n"
              "                 \xc3\x89lan vital.                                            [000:78]\n"));
    dsr_arena_drop(arena);
}

static void fits_every_width(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report *report = ferry(arena);
    report->source.url = DSR_SLICE(
        "https://example.org/a/very/long/address/that/goes/on/and/on/and/never/has/a/blank/in/it/at/all");
    for (unsigned width = 40; width <= 200; width += 3)
        check_page(view(arena, report, (dsr_look){.width = width, .colour = true}), width, true);
    assert_true(
        has(view(arena, report, (dsr_look){.width = 40}), "  byline: By Ann Moor           [000:19]\n"));
    dsr_arena_drop(arena);
}

static void an_empty_text_is_no_trouble(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report *report = made_report(arena, "-", "", "");
    const char *page = view(arena, report, (dsr_look){.width = 80});
    assert_true(has(page, "  published      not known\n"));
    dsr_arena_drop(arena);
}

static void made_block(dsr_arena *arena, dsr_report *report, const char *words, dsr_block_kind kind,
                       unsigned level)
{
    size_t count = report->blocks.count;
    uint32_t after = count > 0 ? report->blocks.items[count - 1].span.end : 0;
    assert_int_equal(DSR_LIST_RESERVE(arena, &report->blocks, 1), DSR_OK);
    report->blocks.items[report->blocks.count++] =
        (dsr_block){made_find(report->text, words, after), kind, (uint8_t)level};
}

static dsr_report *page_report(dsr_arena *arena)
{
    dsr_report *report = made_report(
        arena, "page.html",
        "Ferry runs aground\n\nWhat is known\n\nNobody was hurt.\nNot even badly.\n\nThe hull is whole and "
        "holds as far as "
        "the "
        "divers could see in the dark.\n\nSo it is said\nand heard.\n\nThe ferry.\n\n3 4\n\nThe end.\n",
        "");
    made_furniture(arena, report, "Ferry runs aground", DSR_FURNITURE_HEADLINE);
    made_block(arena, report, "Ferry runs aground", DSR_BLOCK_HEADING, 1);
    made_block(arena, report, "What is known", DSR_BLOCK_HEADING, 2);
    made_block(arena, report, "Nobody was hurt.\nNot even badly.", DSR_BLOCK_LIST_ITEM, 1);
    made_block(arena, report, "The hull is whole and holds as far as the divers could see in the dark.",
               DSR_BLOCK_LIST_ITEM, 2);
    made_block(arena, report, "So it is said\nand heard.", DSR_BLOCK_QUOTATION, 0);
    made_block(arena, report, "The ferry.", DSR_BLOCK_CAPTION, 0);
    made_block(arena, report, "3 4", DSR_BLOCK_TABLE_ROW, 0);
    made_block(arena, report, "The end.", DSR_BLOCK_PARAGRAPH, 0);
    return report;
}

static void shows_the_layout(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    const char *page = view(arena, page_report(arena), (dsr_look){.width = 80});
    check_page(page, 80, false);
    static const char *const lines[] = {
        "\n  headline       Ferry runs aground  ",
        "\n  heading        What is known  ",
        "\n                 \xe2\x80\xa2 Nobody was hurt.  ",
        "\n                   Not even badly.  ",
        "\n                   \xe2\x80\xa2 The hull is whole and holds as far as the divers",
        "\n                     could see in the dark.  ",
        "\n                 > So it is said  ",
        "\n                 > and heard.  ",
        "\n  caption        The ferry.  ",
        "\n  table          3 4  ",
        "\n                 The end.  "};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!has(page, lines[i]))
            fail_msg("no line \"%s\" in\n%s", lines[i], page);
    assert_false(has(page, "LEFT OUT"));
    assert_true(
        has(view(arena, page_report(arena), (dsr_look){.width = 40}), "\n  heading: What is known  "));
    for (unsigned width = 40; width <= 200; width += 7)
        check_page(view(arena, page_report(arena), (dsr_look){.width = width, .colour = true}), width, true);
    dsr_arena_drop(arena);
}

/* The places that a page names come before the general words; none of them needs a NUL behind it. */
static void shows_what_a_page_states(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report *report = page_report(arena);
    dsr_meta *meta = &report->meta;
    dsr_slice author = DSR_SLICE("Ann Moor");
    meta->headline = DSR_SLICE("Ferry runs aground");
    meta->headline_from = meta->outlet_from = DSR_FROM_METADATA;
    meta->headline_why = (dsr_slice){"h1 and more", 2};
    meta->outlet = DSR_SLICE("Harbour Post");
    meta->section = DSR_SLICE("World");
    meta->section_why = DSR_SLICE("JSON-LD \033 articleSection");
    meta->canonical = DSR_SLICE("https://e.org/a");
    meta->canonical_why = DSR_SLICE("link rel=canonical");
    meta->authors.items = &author;
    meta->authors.count = 1;
    meta->authors_why = DSR_SLICE("JSON-LD author");
    assert_int_equal(dsr_moment_parse(arena, DSR_SLICE("2023-03-08"), &meta->modified), DSR_OK);
    const char *page = view(arena, report, (dsr_look){.width = 80});
    static const char *const lines[] = {"  headline       Ferry runs aground (h1)\n",
                                        "  outlet         Harbour Post (stated by its source)\n",
                                        "  section        World (JSON-LD \xef\xbf\xbd articleSection)\n",
                                        "  canonical      https://e.org/a (link rel=canonical)\n",
                                        "  authors        Ann Moor (JSON-LD author)\n",
                                        "  changed        2023-03-08 (stated by its source)\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!has(page, lines[i]))
            fail_msg("no line \"%s\" in\n%s", lines[i], page);
    dsr_arena_drop(arena);
}

static void shows_what_was_left_out(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report *report = page_report(arena);
    dsr_left_part parts[] = {{{12, 345}, 1, DSR_SLICE("navigation"), DSR_SLICE("Ho\033me")},
                             {{400, UINT64_C(5000000000)}, 27, DSR_SLICE("related links"), DSR_SLICE("")}};
    report->left.items = parts;
    report->left.count = 2;
    for (unsigned width = 40; width <= 200; width += 7)
        check_page(view(arena, report, (dsr_look){.width = width, .colour = true}), width, true);
    const char *page = view(arena, report, (dsr_look){.width = 80});
    assert_true(has(page, "\nLEFT OUT"));
    assert_true(has(page, "\n  navigation, 1 word, bytes 12-345: Ho\xef\xbf\xbdme\n"));
    assert_true(has(page, "\n  related links, 27 words, bytes 400-5000000000"));
    assert_true(strstr(page, "The end.") < strstr(page, "LEFT OUT"));
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_furniture_in_its_place),
        cmocka_unit_test(fits_every_width),
        cmocka_unit_test(shows_the_layout),
        cmocka_unit_test(shows_what_a_page_states),
        cmocka_unit_test(shows_what_was_left_out),
        cmocka_unit_test(an_empty_text_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
