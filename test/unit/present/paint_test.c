/* Lines: width, words, cells, tails, tones, and text that wants to steer the terminal. */
#include "made.h"

#include <stdio.h>
#include <string.h>

typedef struct fixture {
    dsr_paint paint;
    dsr_buffer to;
    char text[4096];
} fixture;

static void begin(fixture *f, unsigned width, bool colour)
{
    dsr_buffer_open(&f->to, 0);
    dsr_paint_open(&f->paint, &f->to, (dsr_look){.width = width, .colour = colour});
}

static const char *finish(fixture *f)
{
    assert_int_equal(dsr_paint_close(&f->paint), DSR_OK);
    dsr_slice made = dsr_buffer_slice(&f->to);
    assert_true(made.len < sizeof f->text);
    memcpy(f->text, made.ptr ? made.ptr : "", made.len);
    f->text[made.len] = '\0';
    dsr_buffer_drop(&f->to);
    return f->text;
}

static void wraps_at_words(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 40, false);
    dsr_paint_text(
        &f.paint,
        DSR_SLICE("The ministers met on Monday and will meet again   on\tThursday\nin the old town."));
    dsr_paint_end(&f.paint, (dsr_layout){0, 4, 0});
    assert_string_equal(
        finish(&f),
        "The ministers met on Monday and will\n    meet again on Thursday in the old\n    town.\n");
}

static void a_word_that_fits_exactly_stays(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 40, false);
    dsr_paint_text(&f.paint, DSR_SLICE("1234567890123456789 12345678901234567890 next"));
    dsr_paint_end(&f.paint, (dsr_layout){0, 0, 0});
    assert_string_equal(finish(&f), "1234567890123456789 12345678901234567890\nnext\n");
}

static void cuts_a_word_wider_than_the_line(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 40, false);
    for (int i = 0; i < 9; i++)
        dsr_paint_text(&f.paint, DSR_SLICE("1234567890"));
    dsr_paint_end(&f.paint, (dsr_layout){0, 0, 0});
    assert_string_equal(finish(&f), "1234567890123456789012345678901234567890\n"
                                    "1234567890123456789012345678901234567890\n1234567890\n");
}

static void counts_wide_characters_and_marks(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 40, false);
    for (int i = 0; i < 21; i++) /* each two columns wide, a line may end between any two */
        dsr_paint_text(&f.paint, DSR_SLICE("\xe6\x96\xb0"));
    dsr_paint_end(&f.paint, (dsr_layout){0, 0, 0});
    for (int i = 0; i < 40; i++) /* e and a combining acute: one column */
        dsr_paint_text(&f.paint, DSR_SLICE("e\xcc\x81"));
    dsr_paint_end(&f.paint, (dsr_layout){0, 0, 0});
    const char *page = finish(&f);
    check_page(page, 40, false);
    const char *first = strchr(page, '\n');
    assert_int_equal(first - page, 20 * 3);
    assert_int_equal(strchr(first + 1, '\n') - first - 1, 3);
    assert_int_equal(strlen(strchr(first + 1, '\n')), 1 + 40 * 3 + 1);
}

static void nothing_steers_the_terminal(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 100, true);
    /* an escape, a bell, our own marks forged, C1, a bidi override, a broken byte, a NUL */
    dsr_paint_text(&f.paint, DSR_SLICE("a\033[31mb\ac\x13"
                                       "d\x01"
                                       "e\xc2\x9b"
                                       "f\xe2\x80\xaeg\xffh\0i"));
    dsr_paint_end(&f.paint, (dsr_layout){0, 0, 0});
    assert_string_equal(finish(&f), "a\xef\xbf\xbd[31mb\xef\xbf\xbd"
                                    "c\xef\xbf\xbd"
                                    "d\xef\xbf\xbd"
                                    "e\xef\xbf\xbd"
                                    "f\xef\xbf\xbd"
                                    "g\xef\xbf\xbdh\xef\xbf\xbdi\n");
}

static void the_tail_stands_at_the_right_edge(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 40, false);
    dsr_paint_text(&f.paint, DSR_SLICE("Nobody was hurt, the police said later on."));
    dsr_paint_tail(&f.paint, "[%s:%d]", "002", 171);
    dsr_paint_end(&f.paint, (dsr_layout){0, 2, 0});
    dsr_paint_tail(&f.paint, "[%s]", "a handle that is far too long to stand beside any text");
    dsr_paint_end(&f.paint, (dsr_layout){0, 2, 0});
    assert_string_equal(finish(&f), "Nobody was hurt, the police\n  said later on.               [002:171]\n"
                                    "                      [a handle that is\xe2\x80\xa6\n");
}

static void lines_are_limited(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 40, false);
    for (int i = 0; i < 30; i++)
        dsr_paint_text(&f.paint, DSR_SLICE("word "));
    dsr_paint_end(&f.paint, (dsr_layout){0, 0, 2});
    assert_string_equal(
        finish(&f),
        "word word word word word word word word\nword word word word word word word \xe2\x80\xa6\n");
}

static void tones_only_in_colour(void **state)
{
    (void)state;
    for (int colour = 0; colour < 2; colour++) {
        fixture f;
        begin(&f, 40, colour == 1);
        dsr_paint_text(&f.paint, DSR_SLICE("no "));
        dsr_paint_toned(&f.paint, DSR_TONE_FROM, DSR_SLICE("sign of a"));
        dsr_paint_text(&f.paint, DSR_SLICE(" fire"));
        dsr_paint_end(&f.paint, (dsr_layout){0, 0, 0});
        assert_string_equal(finish(&f),
                            colour ? "no \033[38;5;130;9msign of a\033[0m fire\n" : "no sign of a fire\n");
    }
}

static void a_tone_goes_on_in_the_next_line(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 40, true);
    dsr_paint_toned(&f.paint, DSR_TONE_TITLE, DSR_SLICE("1234567890 1234567890 1234567890 1234567890 12345"));
    dsr_paint_text(&f.paint, DSR_SLICE(" plain"));
    dsr_paint_end(&f.paint, (dsr_layout){0, 2, 0});
    assert_string_equal(
        finish(&f),
        "\033[1m1234567890 1234567890 1234567890\033[0m\n  \033[1m1234567890 12345\033[0m plain\n");
}

static void cells_are_padded_and_cut(void **state)
{
    (void)state;
    fixture f;
    begin(&f, 60, false);
    dsr_paint_cell(&f.paint, DSR_SLICE(" The Paper "), 12, false);
    dsr_paint_cell(&f.paint, DSR_SLICE("918"), 5, true);
    dsr_paint_cell(&f.paint, DSR_SLICE("a name of many words"), 12, false);
    dsr_paint_cell(&f.paint, DSR_SLICE("\xe6\x96\xb0\xe6\x96\xb0\xe6\x96\xb0"), 4,
                   false); /* half of a wide character is none */
    dsr_paint_text(&f.paint, DSR_SLICE("|"));
    dsr_paint_end(&f.paint, (dsr_layout){0, 0, 0});
    assert_string_equal(finish(&f), "The Paper     918a name of\xe2\x80\xa6  \xe6\x96\xb0\xe2\x80\xa6 |\n");
}

static void head_and_rear_end_at_words(void **state)
{
    (void)state;
    dsr_slice text = DSR_SLICE("one two  three four");
    dsr_slice head = dsr_paint_head(text, 8), rear = dsr_paint_rear(text, 8);
    assert_true(dsr_slice_equal(head, DSR_SLICE("one two")));
    assert_true(dsr_slice_equal(rear, DSR_SLICE("four")));
    assert_true(dsr_slice_equal(dsr_paint_head(text, 18), text)); /* a run of blanks is one column */
    assert_true(dsr_slice_equal(dsr_paint_rear(text, 18), text));
    assert_true(dsr_slice_equal(dsr_paint_head(DSR_SLICE("abcdef"), 3), DSR_SLICE("abc")));
    assert_true(dsr_slice_equal(dsr_paint_rear(DSR_SLICE("abcdef"), 3), DSR_SLICE("def")));
    assert_int_equal(dsr_paint_head(DSR_SLICE_NONE, 3).len, 0);
    assert_int_equal(dsr_paint_rear(DSR_SLICE_NONE, 3).len, 0);
    assert_int_equal(dsr_paint_columns(DSR_SLICE("a\xe6\x96\xb0 \n b\x1b")), 6);
}

static void a_ceiling_is_a_failure_and_no_crash(void **state)
{
    (void)state;
    for (size_t ceiling = 1; ceiling < 40; ceiling++) {
        dsr_buffer to;
        dsr_paint paint;
        dsr_buffer_open(&to, ceiling);
        dsr_paint_open(&paint, &to, (dsr_look){.width = 40});
        dsr_paint_text(&paint, DSR_SLICE("forty characters and then some more of them"));
        dsr_paint_end(&paint, (dsr_layout){0, 0, 0});
        dsr_paint_blank_line(&paint);
        assert_int_equal(dsr_paint_close(&paint), DSR_ERR_LIMIT);
        dsr_buffer_drop(&to);
    }
}

/* Whatever is painted, no line is wider than the page, and all words come through. */
static void random_paragraphs_keep_the_width(void **state)
{
    (void)state;
    static const char *const bits[] = {"word",
                                       " ",
                                       "e\xcc\x81",
                                       "\xe6\x96\xb0",
                                       "\n",
                                       "averyveryverylongwordwithoutanyend",
                                       "\xc2\xa0",
                                       "\xe2\x80\x94",
                                       "\x1b[2J",
                                       "\xff",
                                       "\xf0\x9f\x98\x80",
                                       "\xd8\xb9\xd8\xb1",
                                       ", ",
                                       "a"};
    dice d = {88172645463325252u};
    for (unsigned round = 0; round < 3000; round++) {
        dsr_buffer to;
        dsr_paint paint;
        dsr_look look = {.width = 40 + roll(&d, 161), .colour = roll(&d, 2) == 1};
        dsr_buffer_open(&to, 0);
        dsr_paint_open(&paint, &to, look);
        for (unsigned i = roll(&d, 60); i > 0; i--) {
            const char *bit = bits[roll(&d, sizeof bits / sizeof *bits)];
            if (roll(&d, 9) == 0)
                dsr_paint_cell(&paint, dsr_slice_of(bit), 1 + roll(&d, 30), roll(&d, 2) == 1);
            else
                dsr_paint_toned(&paint, (dsr_tone)roll(&d, DSR_TONES), dsr_slice_of(bit));
        }
        if (roll(&d, 2))
            dsr_paint_tail(&paint, "[%s:%u]", bits[roll(&d, sizeof bits / sizeof *bits)],
                           roll(&d, 2000000000));
        dsr_paint_end(&paint, (dsr_layout){roll(&d, 60), roll(&d, 60), roll(&d, 4)});
        dsr_paint_blank_line(&paint);
        assert_int_equal(dsr_paint_close(&paint), DSR_OK);
        dsr_buffer_append_char(&to, '\0');
        check_page(to.data, look.width, look.colour);
        dsr_buffer_drop(&to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wraps_at_words),
        cmocka_unit_test(a_word_that_fits_exactly_stays),
        cmocka_unit_test(cuts_a_word_wider_than_the_line),
        cmocka_unit_test(counts_wide_characters_and_marks),
        cmocka_unit_test(nothing_steers_the_terminal),
        cmocka_unit_test(the_tail_stands_at_the_right_edge),
        cmocka_unit_test(lines_are_limited),
        cmocka_unit_test(tones_only_in_colour),
        cmocka_unit_test(a_tone_goes_on_in_the_next_line),
        cmocka_unit_test(cells_are_padded_and_cut),
        cmocka_unit_test(head_and_rear_end_at_words),
        cmocka_unit_test(a_ceiling_is_a_failure_and_no_crash),
        cmocka_unit_test(random_paragraphs_keep_the_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
