/* Quotations: each rule by sentences of its own, then what must hold for every report. */
#include "support.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static dsr_report *find(world *w, const char *text)
{
    dsr_report *report = make_report(w, text);
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
    assert_int_equal(dsr_language_find_quotes(w->arena, w->lexicon, report), DSR_OK);
    return report;
}

static void expect(world *w, const char *text, const char *quotes)
{
    assert_string_equal(join_quotes(w, find(w, text)), quotes);
}

/* As `expect`, with a letter a quotation for its kind: d direct, p partial, s scare. */
static void expect_kinds(world *w, const char *text, const char *kinds)
{
    dsr_report *report = find(w, text);
    assert_int_equal(report->quotes.count, strlen(kinds));
    for (size_t i = 0; i < report->quotes.count; i++) {
        dsr_quote_kind kind = report->quotes.items[i].kind;
        assert_int_equal(kind == DSR_QUOTE_DIRECT ? 'd' : kind == DSR_QUOTE_PARTIAL ? 'p' : 's', kinds[i]);
    }
}

/* The numbers of the quotations, one digit each. */
static void expect_numbers(world *w, const char *text, const char *numbers)
{
    dsr_report *report = find(w, text);
    assert_int_equal(report->quotes.count, strlen(numbers));
    for (size_t i = 0; i < report->quotes.count; i++)
        assert_int_equal(report->quotes.items[i].quotation, numbers[i] - '0');
}

static void every_style_pairs(void **state)
{
    world *w = *state;
    expect(w, "\"We stay,\" she said, and called it \"a good day\".", "\"We stay,\"|\"a good day\"");
    expect(w, "“We stay,” she said. “They go.”", "“We stay,”|“They go.”");
    expect(w, "'We stay,' she said. ‘They go.’", "'We stay,'|‘They go.’");
    expect(w, "Er sagte: „Wir bleiben“, und ging. ‚Nein‘, rief sie.", "„Wir bleiben“|‚Nein‘");
    expect(w, "Il dit : « Nous restons » et sort. Er sagt »Wir bleiben« dazu.",
           "« Nous restons »|»Wir bleiben«");
    expect(w, "Hän sanoi: ”Me jäämme”, ja lähti.", "”Me jäämme”");
    expect(w, "``We stay,'' she said. ''They go.''", "``We stay,''|''They go.''");
    expect(w, "他说：「我们留下」。", "「我们留下」");
    expect(w, "“We stay,\" she said. \"They go.”", "“We stay,\"|\"They go.”");
}

static void wrong_way_marks_pair(void **state)
{
    world *w = *state;
    expect(w, "It wants quick results. ”We see no reason to hope,” he told them.",
           "”We see no reason to hope,”");
    expect(w, "They called it “a farce“ and left. “We stay.”", "“a farce“|“We stay.”");
    expect(w, "” … we stay here,” she said.", "” … we stay here,”");
    expect(w, "They said:“We stay.”", "“We stay.”");
}

static void apostrophes_are_no_marks(void **state)
{
    world *w = *state;
    expect(w, "It's the players' union's plan for the '90s, rock 'n' roll and all.", "");
    expect(w, "It’s the players’ union’s plan for the ’90s; get ’em.", "");
    expect(w, "The 'Polar ultimatums' and the players' union's 'long goodbye'.",
           "'Polar ultimatums'|'long goodbye'");
    expect(w, "He said 'the players' union is right' and left.", "'the players' union is right'");
    expect(w, "He is 6'2\" and she 5'11\"; the pipe is 12\" wide.", "");
    expect(w, "\"He is 6'2\" tall,\" she said.", "\"He is 6'2\" tall,\"");
}

static void headings(void **state)
{
    world *w = *state;
    expect(w, "'Lasting support'\n\nThe islands' ministers met.", "'Lasting support'");
    expect(w, "Some plans 'dead on arrival\n\nThe ministers met.", "'dead on arrival");
    expect(w, "Islands' ministers meet\n\nThe ministers met.", "");
    /* in running text an open single mark is nothing */
    expect(w, "The ministers met for what some called 'dead talks, others said on Monday.", "");
    expect_kinds(w, "Goats 'invade' island\n\nThe 'invasion' was small.", "ps");
}

static void nested_marks_are_inside(void **state)
{
    world *w = *state;
    expect(w, "“She told me ‘never’ and I said “why” twice,” he said. “So.”",
           "“She told me ‘never’ and I said “why” twice,”|“So.”");
    expect(w, "\"She told me 'never' and 'no',\" he said.", "\"She told me 'never' and 'no',\"");
    expect(w, "'She told me \"never\" twice,' he said.", "'She told me \"never\" twice,'");
    expect(w, "\"The man shouted \"stop now\" as he ran.\" It went on.",
           "\"The man shouted \"stop now\" as he ran.\"");
    expect(w, "« Il dit « non » et sort » puis rien.", "« Il dit « non » et sort »");
}

static void marks_that_never_close(void **state)
{
    world *w = *state;
    expect(w, "She said: \"We stay here for ever.\n\nThe ministers met.", "\"We stay here for ever.");
    expect(w, "“We stay, she said. “They go,” he said.", "“We stay,|“They go,”");
    expect(w, "\"We stay here for ever, said Ann Lee.", "\"We stay here for ever,");
    expect(w, "\"We stay here for ever, the mayor of Vell said.\n\nIt rained.", "\"We stay here for ever,");
    expect_kinds(w, "\"We stay here for ever, said Ann Lee.", "d");
    /* these belong to the words */
    expect(w, "\"We stay, I think, for ever, they say.\n\nIt rained.",
           "\"We stay, I think, for ever, they say.");
    expect(w, "\"We stay, the old people who live there said to us.",
           "\"We stay, the old people who live there said to us.");
    expect(w, "\"We stay, she said, for ever.", "\"We stay, she said, for ever.");
    expect(w, "“We stay,’ she said. It rained.", "“We stay,’");
    expect(w, "The end.\" It rained.", "");
    expect(w, "”", "");
    expect(w, "\"", "");
    expect(w, "\"\" and “ ” and ''", "");
}

static void quotations_go_over_paragraphs(void **state)
{
    world *w = *state;
    const char *text = "He said: “We stay.\n\n“We always have.\n\n“We will.”\n\n“Go,” she said.";
    expect(w, text, "“We stay.|“We always have.|“We will.”|“Go,”");
    expect_numbers(w, text, "1112");
    /* without marks in the middle */
    text = "He said: \"We stay.\n\nWe always have.\n\nWe will.\" She left.\n\n\"Go.\"";
    expect(w, text, "\"We stay.|We always have.|We will.\"|\"Go.\"");
    expect_numbers(w, text, "1112");
    /* the next paragraph opens a quotation in its middle: another one */
    text = "He said: “We stay.\n\nThen she said “Go now, please” to all.";
    expect(w, text, "“We stay.|“Go now, please”");
    expect_numbers(w, text, "12");
}

static void split_quotations_share_their_number(void **state)
{
    world *w = *state;
    expect_numbers(w, "“We will,” she said, “not go.”", "11");
    expect_numbers(w, "“We will,” she said. “You go.”", "12");
    expect_numbers(w, "They were \"tired\", he said, and \"hungry\".", "12");
    expect_numbers(w, "“We will,” the sea rose, “not go.”", "12");
}

static void furniture_is_left_out(void **state)
{
    world *w = *state;
    dsr_report *report =
        make_report(w, "“Goats” land\n\nPhoto: “The goats”\n\n“They eat,” she said. read “all about it”");
    add_furniture(w, report, "“Goats” land", DSR_FURNITURE_HEADLINE);
    add_furniture(w, report, "Photo: “The goats”", DSR_FURNITURE_CAPTION);
    add_furniture(w, report, "read “all about it”", DSR_FURNITURE_READMORE);
    assert_int_equal(dsr_language_find_quotes(w->arena, w->lexicon, report), DSR_OK);
    assert_string_equal(join_quotes(w, report), "“Goats”|“They eat,”");
}

static void kinds_are_told(void **state)
{
    world *w = *state;
    expect_kinds(w, "“We have to leave the island,” she said.", "d");
    expect_kinds(w, "She said they “will not leave the island without a fight”.", "p");
    expect_kinds(w, "She described it as “a moment of hope” for all.", "p");
    expect_kinds(w, "She said “the island will listen to what others say and then decide”.", "d");
    expect_kinds(w, "She said “what's important is the vote. Nothing else counts.”", "d");
    expect_kinds(w, "She said it was “too early to tell whether the goats are serious or not,” and left.",
                 "p");
    expect_kinds(w, "The so-called “goat party” won two seats.", "s");
    expect_kinds(w, "She said the plan was “simply absurd”.", "p");
    expect_kinds(w, "“Yes.” That was all of it.", "d");
    expect_kinds(w, "“Yes,” she said. “No!” she shouted.", "pd");
}

static void a_quotation_has_a_limit(void **state)
{
    world *w = *state;
    static char text[DSR_LIMIT_QUOTE_BYTES + 64];
    for (size_t more = 0; more < 2; more++) {
        /* a mark, text, a mark: the limit is measured from mark to mark */
        size_t inner = DSR_LIMIT_QUOTE_BYTES - 1 + more;
        memset(text, 'a', sizeof text);
        text[0] = '"';
        text[inner + 1] = '"';
        text[inner + 2] = '\0';
        dsr_report *report = find(w, text);
        assert_int_equal(report->quotes.count, more ? 0 : 1);
    }
}

/* Ordered, disjoint, on characters, numbered from 1 without a gap. */
static void check_sound(const dsr_report *report)
{
    uint32_t at = 0, highest = 0;
    for (size_t i = 0; i < report->quotes.count; i++) {
        const dsr_quote *quote = &report->quotes.items[i];
        assert_true(quote->span.start >= at && quote->span.start < quote->span.end);
        assert_true(quote->span.end <= report->text.len);
        assert_int_equal(dsr_utf8_floor(report->text, quote->span.start), quote->span.start);
        assert_int_equal(dsr_utf8_floor(report->text, quote->span.end), quote->span.end);
        assert_true(quote->quotation >= 1 && quote->quotation <= highest + 1);
        highest = quote->quotation > highest ? quote->quotation : highest;
        at = quote->span.end;
    }
}

static void every_text_is_sound(void **state)
{
    world *w = *state;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        dsr_report *report = make_report(w, "");
        report->text = make_soup(w, seed, seed % 120);
        if (seed % 2)
            assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
        assert_int_equal(dsr_language_find_quotes(w->arena, w->lexicon, report), DSR_OK);
        check_sound(report);
        const char *once = join_quotes(w, report);
        assert_int_equal(dsr_language_find_quotes(w->arena, w->lexicon, report), DSR_OK);
        assert_string_equal(join_quotes(w, report), once); /* twice equals once */
    }
}

/* Half of the text opens, half of it closes. */
static dsr_slice nest(world *w, const char *open, const char *close)
{
    dsr_slice left = repeat(w, open, 1 << 19), right = repeat(w, close, 1 << 19);
    dsr_slice out;
    assert_int_equal(dsr_arena_format(w->arena, &out, "%.*s%.*s", DSR_PRINT(left), DSR_PRINT(right)), DSR_OK);
    return out;
}

static void check_large(world *w, dsr_slice text)
{
    dsr_arena *arena = dsr_arena_new(0);
    assert_non_null(arena);
    dsr_report report = {.text = text};
    assert_int_equal(dsr_language_find_quotes(arena, w->lexicon, &report), DSR_OK);
    check_sound(&report);
    dsr_arena_drop(arena);
}

static void large_texts_take_linear_time(void **state)
{
    world *w = *state;
    static const char *const pieces[] = {"\"",     "'",    "“",      "”",        "«",     "»",   "„",
                                         "\" ",    " \"a", " 'a",    " 'a s' b", "“a ",   "a” ", "\"a\" ",
                                         "“a” ",   "« a",  "\"a\n",  "“a\n\n",   "'90s ", "`",   "「",
                                         "6'2\" ", "‘a’ ", " \"a “", "\"a\"\n",  "„a "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        check_large(w, repeat(w, pieces[i], 1 << 20));
    check_large(w, nest(w, "“a ", "a” "));
    check_large(w, nest(w, "«a ", "a» "));
    check_large(w, nest(w, " \"a", "a\" "));
    check_large(w, nest(w, "「", "」"));
    check_large(w, nest(w, " 'a", "a' "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_style_pairs),
        cmocka_unit_test(wrong_way_marks_pair),
        cmocka_unit_test(apostrophes_are_no_marks),
        cmocka_unit_test(headings),
        cmocka_unit_test(nested_marks_are_inside),
        cmocka_unit_test(marks_that_never_close),
        cmocka_unit_test(quotations_go_over_paragraphs),
        cmocka_unit_test(split_quotations_share_their_number),
        cmocka_unit_test(furniture_is_left_out),
        cmocka_unit_test(kinds_are_told),
        cmocka_unit_test(a_quotation_has_a_limit),
        cmocka_unit_test(every_text_is_sound),
        cmocka_unit_test(large_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
