/* COPIED TEXT: edits word by word, pieces, lists of positions, cuts. */
#include "made.h"

#include <string.h>

typedef struct two {
    dsr_arena *arena;
    dsr_story story;
    dsr_report *from, *to;
    dsr_reuse *reuse;
} two;

static two *begin(const char *from, const char *to)
{
    dsr_arena *arena = dsr_arena_new(0);
    two *t = dsr_arena_alloc(arena, sizeof *t);
    assert_non_null(t);
    t->arena = arena;
    t->from = made_report(arena, "in/one_x.txt", from, "");
    t->to = made_report(arena, "in/two_x.txt", to, "");
    made_add(arena, &t->story, t->from, "one", 40, 500);
    made_add(arena, &t->story, t->to, "two", 50, 400);
    t->reuse = made_reuse(arena, &t->story, 0, 1);
    return t;
}

static const dsr_look plain = {.width = 100};

static void shows_edits_between_marks(void **state)
{
    (void)state;
    two *t = begin("Start. The mayor briefed her western friends Tuesday, with no sign of a deal in sight.",
                   "Start. The mayor met her northern friends, with no deal at all in sight.");
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, t->from->text.ptr, t->to, t->to->text.ptr);
    made_edit(t->arena, p, t->from, "briefed", t->to, "met", DSR_EDIT_WORDING);
    made_edit(t->arena, p, t->from, "western", t->to, "northern", DSR_EDIT_NAME);
    dsr_span none = {made_find(t->to->text, "friends", 0).end, made_find(t->to->text, "friends", 0).end};
    made_edit_at(t->arena, p, made_find(t->from->text, "Tuesday", 0), none, DSR_EDIT_DELETION);
    none.start = none.end = made_find(t->to->text, "deal", 0).start;
    made_edit_at(t->arena, p, made_find(t->from->text, "sign of a", 0), none, DSR_EDIT_HEDGE);
    none.start = none.end = made_find(t->from->text, "deal", 0).end;
    made_edit_at(t->arena, p, none, made_find(t->to->text, "at all", 0), DSR_EDIT_ADDITION);
    const char *page = made_pair(t->arena, &t->story, 0, plain);
    check_page(page, 100, false);
    assert_true(
        has(page, "Start. The mayor [-briefed-]{+met+} her [-western-]{+northern+} friends [-Tuesday-],\n"));
    assert_true(has(page, "             with no [-sign of a-] deal {+at all+} in sight.\n"));
    assert_true(has(page, "  1 piece: 1 edited; [-only in one-] {+only in two+}\n"));
    dsr_arena_drop(t->arena);
}

static void shows_edits_in_colour_without_marks(void **state)
{
    (void)state;
    two *t = begin("The mayor briefed her friends.", "The mayor met her friends.");
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, t->from->text.ptr, t->to, t->to->text.ptr);
    made_edit(t->arena, p, t->from, "briefed", t->to, "met", DSR_EDIT_WORDING);
    const char *page = made_pair(t->arena, &t->story, 0, (dsr_look){.width = 100, .colour = true});
    check_page(page, 100, true);
    assert_true(has(page, "The mayor \033[38;5;130;9mbriefed\033[0m \033[38;5;30;4mmet\033[0m her friends."));
    assert_null(strstr(page, "[-"));
    dsr_arena_drop(t->arena);
}

/* Positions are code points: every letter before the passage takes two bytes. */
static void positions_are_code_points(void **state)
{
    (void)state;
    two *t = begin("\xc3\xa9\xc3\xa9\xc3\xa9\nThe bridge fell.", "\xc3\xa9\nThe old bridge fell.");
    dsr_passage *p =
        made_passage(t->arena, t->reuse, t->from, "The bridge fell.", t->to, "The old bridge fell.");
    uint32_t at = made_find(t->from->text, "bridge", 0).start;
    made_edit_at(t->arena, p, (dsr_span){at, at}, made_find(t->to->text, "old", 0), DSR_EDIT_ADDITION);
    const char *page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(page, "    4 \xe2\x86\x92 2    The {+old+} bridge fell.\n"));
    page = made_pair(t->arena, &t->story, 0, (dsr_look){.width = 50});
    assert_true(has(page, "  4 \xe2\x86\x92 2\n    The {+old+} bridge fell.\n"));
    dsr_arena_drop(t->arena);
}

/* One passage over three paragraphs: the first as it was, the second edited, the third but for spelling. */
static void cuts_a_passage_at_its_paragraphs(void **state)
{
    (void)state;
    two *t = begin("First stays as it was.\n\nSecond says more.\n\nThird in Kiev ends.",
                   "Head.\nFirst stays as it was.\n\nSecond implies more.\n\n\nThird in Kyiv ends.");
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, t->from->text.ptr, t->to, t->to->text.ptr + 6);
    made_edit(t->arena, p, t->from, "says", t->to, "implies", DSR_EDIT_HEDGE);
    made_edit(t->arena, p, t->from, "Kiev", t->to, "Kyiv", DSR_EDIT_STYLE);
    const char *page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(page, "3 pieces: 1 word for word, 1 but for spelling, 1 edited;"));
    assert_true(has(page, "   24 \xe2\x86\x92 30   Second [-says-]{+implies+} more.\n"));
    assert_true(has(page, "  spelling and house style:\n    Kiev \xe2\x86\x92 Kyiv [two:62]\n"));
    assert_true(has(page, "  word for word:\n    0 \xe2\x86\x92 6\n"));
    assert_true(has(page, "  word for word but for spelling:\n    43 \xe2\x86\x92 53\n"));
    dsr_arena_drop(t->arena);
}

/* Furniture between copied words is no part of them, on either side, in a paragraph of its own or in a line.
 */
static void leaves_furniture_out(void **state)
{
    (void)state;
    two *t = begin("First stays.\n\nTake our app\n\nSecond says more (advert) to all.",
                   "First stays.\nREAD MORE: Second\nSecond holds more to all. (Share)");
    made_furniture(t->arena, t->from, "Take our app", DSR_FURNITURE_APP_PROMO);
    made_furniture(t->arena, t->from, "(advert)", DSR_FURNITURE_ADVERT);
    made_furniture(t->arena, t->to, "READ MORE: Second", DSR_FURNITURE_READMORE);
    made_furniture(t->arena, t->to, "(Share)", DSR_FURNITURE_SHARE);
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, t->from->text.ptr, t->to,
                                  "First stays.\nREAD MORE: Second\nSecond holds more to all");
    made_edit_at(t->arena, p, made_find(t->from->text, "says", 0), made_find(t->to->text, "holds", 0),
                 DSR_EDIT_WORDING);
    const char *page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(page, "   28 \xe2\x86\x92 31   Second [-says-]{+holds+} more to all.\n"));
    assert_null(strstr(page, "READ MORE"));
    assert_null(strstr(page, "Share"));
    dsr_arena_drop(t->arena);
}

/* A record may name a whole phrase as edited; only the words that differ are marked. */
static void marks_only_the_words_that_differ(void **state)
{
    (void)state;
    two *t = begin("There was no sign of a deal, a grave threat and much more.",
                   "There was no deal, a very grave threat and more.");
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, t->from->text.ptr, t->to, t->to->text.ptr);
    made_edit(t->arena, p, t->from, "no sign of a deal", t->to, "no deal", DSR_EDIT_HEDGE);
    made_edit(t->arena, p, t->from, "a grave threat", t->to, "a very grave threat", DSR_EDIT_HEDGE);
    made_edit(t->arena, p, t->from, "much more", t->to, "more", DSR_EDIT_HEDGE);
    const char *page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(page, "There was no [-sign of a-] deal, a {+very+} grave threat and [-much-] more.\n"));
    assert_true(has(page, "      edited: 3 hedges\n"));
    dsr_arena_drop(t->arena);
}

/* An ellipsis stands where a sentence was cut, and nowhere else. */
static void says_where_a_sentence_was_cut(void **state)
{
    (void)state;
    two *t = begin("x. He said so twice, they wrote", "\"Oh!\" He held so twice.\nNext");
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, "He said so twice", t->to, "He held so twice");
    made_edit(t->arena, p, t->from, "said", t->to, "held", DSR_EDIT_WORDING);
    assert_true(has(made_pair(t->arena, &t->story, 0, plain),
                    "    3 \xe2\x86\x92 6    He [-said-]{+held+} so twice.\n"));
    dsr_arena_drop(t->arena);
    t = begin("He said so twice", "Then he held so twice,\" they wrote.");
    p = made_passage(t->arena, t->reuse, t->from, "said so twice", t->to, "held so twice");
    made_edit(t->arena, p, t->from, "said", t->to, "held", DSR_EDIT_WORDING);
    assert_true(has(made_pair(t->arena, &t->story, 0, plain),
                    "    3 \xe2\x86\x92 8    \xe2\x80\xa6 [-said-]{+held+} so twice,\" \xe2\x80\xa6\n"));
    dsr_arena_drop(t->arena);
}

static void house_style_is_one_list(void **state)
{
    (void)state;
    two *t = begin("Kiev, a; Kiev b; Kiev c; Kiev d", "Kyiv a; Kyiv b; Kyiv c; Kyiv d");
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, t->from->text.ptr, t->to, t->to->text.ptr);
    made_edit(t->arena, p, t->from, "Kiev", t->to, "Kyiv", DSR_EDIT_STYLE);
    dsr_span none = {4, 4};
    made_edit_at(t->arena, p, made_find(t->from->text, ",", 0), none, DSR_EDIT_STYLE);
    for (int i = 0; i < 3; i++)
        made_edit(t->arena, p, t->from, "Kiev", t->to, "Kyiv", DSR_EDIT_STYLE);
    const char *page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(page, "    Kiev \xe2\x86\x92 Kyiv [two:0,8,16, +1] \xc2\xb7 [-,-] [one:4]\n"));
    assert_true(has(page, "1 piece: 1 but for spelling\n"));
    dsr_arena_drop(t->arena);
}

static void long_stretches_are_cut_at_words(void **state)
{
    (void)state;
    char from[4000] = "Alpha", to[4000] = "Beta";
    for (int i = 0; i < 60; i++) {
        strcat(from, " unchanged");
        strcat(to, " unchanged");
    }
    strcat(from, " end left. Omega");
    strcat(to, " end right. Omega");
    two *t = begin(from, to);
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, from, t->to, to);
    made_edit(t->arena, p, t->from, "Alpha", t->to, "Beta", DSR_EDIT_NAME);
    made_edit(t->arena, p, t->from, "left", t->to, "right", DSR_EDIT_WORDING);
    const char *page = made_pair(t->arena, &t->story, 0, (dsr_look){.width = 200});
    assert_true(has(page, "[-Alpha-]{+Beta+} unchanged unchanged unchanged unchanged \xe2\x80\xa6 unchanged "
                          "unchanged unchanged unchanged end "
                          "[-left-]{+right+}. Omega\n"));
    page = made_pair(t->arena, &t->story, 0, (dsr_look){.width = 200, .all = true});
    assert_null(strstr(page, "\xe2\x80\xa6"));
    dsr_arena_drop(t->arena);
}

static void many_pieces_are_summed_up(void **state)
{
    (void)state;
    char from[8000] = "", to[8000] = "";
    for (int i = 0; i < 100; i++) {
        strcat(from, "He said that it was so.\n");
        strcat(to, "He held that it was so.\n");
    }
    two *t = begin(from, to);
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, from, t->to, to);
    for (int i = 0; i < 100; i++)
        made_edit(t->arena, p, t->from, "said", t->to, "held", DSR_EDIT_WORDING);
    const char *page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(page, "100 pieces: 100 edited"));
    assert_true(has(page, "\xe2\x80\xa6 and 60 more edited pieces; --all shows them\n"));
    page = made_pair(t->arena, &t->story, 0, (dsr_look){.width = 100, .all = true});
    assert_null(strstr(page, "more edited pieces"));
    assert_true(has(page, "2376 \xe2\x86\x92 2376"));
    dsr_arena_drop(t->arena);
}

/* Spans that no sound record has must not be read outside of the text. */
static void broken_spans_are_left_out(void **state)
{
    (void)state;
    two *t = begin("One text here.", "One text there.");
    dsr_passage *p = made_passage(t->arena, t->reuse, t->from, t->from->text.ptr, t->to, t->to->text.ptr);
    made_edit_at(t->arena, p, (dsr_span){9, 5}, (dsr_span){0, 1}, DSR_EDIT_WORDING);
    made_edit_at(t->arena, p, (dsr_span){900, 905}, (dsr_span){900, 901}, DSR_EDIT_STYLE);
    made_edit_at(t->arena, p, (dsr_span){0, 905}, (dsr_span){0, 901}, DSR_EDIT_ADDITION);
    dsr_passage *q = made_passage(t->arena, t->reuse, t->from, "text", t->to, "text");
    q->from = (dsr_span){40, 50};
    check_page(made_pair(t->arena, &t->story, 0, plain), 100, false);
    dsr_arena_drop(t->arena);
}

static void names_the_sides_of_a_pair(void **state)
{
    (void)state;
    two *t = begin("One text here.", "One text here.");
    (void)made_passage(t->arena, t->reuse, t->from, "text here.", t->to, "text here.");
    t->reuse->why = DSR_SLICE("One appeared a day before two.");
    t->reuse->direction = DSR_DIRECTION_TO_FROM;
    t->reuse->words_quoted = 3;
    const char *page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(
        page, "one  in/one_x.txt\ntwo  in/two_x.txt\n  two \xe2\x94\x80\xe2\x86\x92 one  one most likely "
              "took from two\n"
              "      One appeared a day before two.\n"
              "      20 words in 1 passage: 50 % of one, 40 % of two; 3 of the words are quoted speech\n"));
    t->to->source.path = DSR_SLICE("other/one_x.txt"); /* equal names: letters */
    page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(page, "a  in/one_x.txt\nb  other/one_x.txt\n"));
    t->from->source.record = DSR_SLICE("12");
    t->to->source.record = DSR_SLICE("13");
    t->reuse->direction = DSR_DIRECTION_UNKNOWN;
    page = made_pair(t->arena, &t->story, 0, plain);
    assert_true(has(page, "12  in/one_x.txt:12\n13  other/one_x.txt:13\n  12 \xe2\x94\x80\xe2\x94\x80 13  "
                          "share text; who took it is not known\n"));
    dsr_arena_drop(t->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_edits_between_marks),
        cmocka_unit_test(shows_edits_in_colour_without_marks),
        cmocka_unit_test(positions_are_code_points),
        cmocka_unit_test(cuts_a_passage_at_its_paragraphs),
        cmocka_unit_test(leaves_furniture_out),
        cmocka_unit_test(marks_only_the_words_that_differ),
        cmocka_unit_test(says_where_a_sentence_was_cut),
        cmocka_unit_test(house_style_is_one_list),
        cmocka_unit_test(long_stretches_are_cut_at_words),
        cmocka_unit_test(many_pieces_are_summed_up),
        cmocka_unit_test(broken_spans_are_left_out),
        cmocka_unit_test(names_the_sides_of_a_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
