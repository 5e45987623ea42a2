/* Sentences: each rule by sentences of its own, then what must hold for every report. */
#include "support.h"

#include "base/utf8.h"

#include <string.h>

static void expect_in(world *w, const char *language, const char *text, const char *sentences)
{
    dsr_report *report = make_report(w, text);
    report->meta.language = dsr_slice_of(language);
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
    assert_string_equal(join_sentences(w, report), sentences);
}

static void expect(world *w, const char *text, const char *sentences)
{
    expect_in(w, "en", text, sentences);
}

static void plain_stops_end(void **state)
{
    world *w = *state;
    expect(w, "Rain fell. Roads closed! Why? Nobody knows.", "Rain fell.|Roads closed!|Why?|Nobody knows.");
    expect(w, "  It ended in 2014. 30 died. \n", "It ended in 2014.|30 died.");
    expect(w, "", "");
    expect(w, " \n\n\t ", "");
    expect(w, "no stop at all", "no stop at all");
    expect(w, "It was 1.5 million, v2.0 of it.", "It was 1.5 million, v2.0 of it.");
}

static void abbreviations_do_not_end(void **state)
{
    world *w = *state;
    expect(w, "Gen. Moss met Mr. Roy and Dr. Ito. They spoke.",
           "Gen. Moss met Mr. Roy and Dr. Ito.|They spoke.");
    expect(w, "Ann J. K. Moss of Acme Corp. Ltd. resigned.", "Ann J. K. Moss of Acme Corp. Ltd. resigned.");
    expect(w, "It came on Jan. 5 at St. Mary's, i.e. Monday.",
           "It came on Jan. 5 at St. Mary's, i.e. Monday.");
    expect(w, "Vote on No. 7 today. He said no. Then he left.",
           "Vote on No. 7 today.|He said no.|Then he left.");
}

static void abbreviations_may_end_before_function_words(void **state)
{
    world *w = *state;
    expect(w, "He flew to the U.S. The talks failed.", "He flew to the U.S.|The talks failed.");
    expect(w, "The U.S. Army left. The U.S. envoy stayed.", "The U.S. Army left.|The U.S. envoy stayed.");
    expect(w, "He runs Acme Inc. It grew.", "He runs Acme Inc.|It grew.");
    expect(w, "It began at 9 p.m. Police came.", "It began at 9 p.m.|Police came.");
    expect(w, "It began at 9 p.m. Tuesday in town. At 10 a.m. EST it ended.",
           "It began at 9 p.m. Tuesday in town.|At 10 a.m. EST it ended.");
    expect(w, "They chose plan B. It failed.", "They chose plan B.|It failed.");
}

static void quotation_marks_and_brackets_close_behind_the_stop(void **state)
{
    world *w = *state;
    expect(w, "\"We stay.\" The crowd left. (It rained.) Buses came.",
           "\"We stay.\"|The crowd left.|(It rained.)|Buses came.");
    expect(w, "“We stay. We fight,” she said. “Now.” He left.",
           "“We stay.|We fight,” she said.|“Now.”|He left.");
    expect(w, "“Why now?” Ms. Roy asked. “Why now?” The door closed.",
           "“Why now?” Ms. Roy asked.|“Why now?”|The door closed.");
    expect(w, "“Never!” he said. ‘Go.’ She went.", "“Never!” he said.|‘Go.’|She went.");
    expect(w, "It is known.[3] [14] The rest is not.", "It is known.[3] [14]|The rest is not.");
    expect(w, "„Wir bleiben.“ Dann ging er.", "„Wir bleiben.“|Dann ging er.");
}

static void ellipses(void **state)
{
    world *w = *state;
    expect(w, "We want to see ... Russia moving. Good.", "We want to see ... Russia moving.|Good.");
    expect(w, "He waited... The door opened.", "He waited...|The door opened.");
    expect(w, "He waited ... The door opened.", "He waited ...|The door opened.");
    expect(w, "And then… nothing.", "And then… nothing.");
    expect(w, "And so . . . it ended.", "And so . . . it ended.");
}

static void small_letters(void **state)
{
    world *w = *state;
    expect(w, "it was late. we went home.", "it was late.|we went home.");
    expect(w, "Yahoo! said so, approx. five times.", "Yahoo! said so, approx. five times.");
    expect(w, "They asked who? and when.", "They asked who?|and when.");
}

static void lost_blanks(void **state)
{
    world *w = *state;
    expect(w, "They met in Brussels.The allies agreed.", "They met in Brussels.|The allies agreed.");
    expect(w, "See example.com or Node.js today.", "See example.com or Node.js today.");
    expect(w, "“We stay.”The crowd left.", "“We stay.”|The crowd left.");
}

static void lists_and_headings(void **state)
{
    world *w = *state;
    expect(w, "1. Leave now.\n2. Stay away.\n\nWhat comes next\n\nA vote.",
           "1. Leave now.|2. Stay away.|What comes next|A vote.");
    expect(w, "A heading without stop\nThe text begins here and goes on for quite some time, as texts do.",
           "A heading without stop|The text begins here and goes on for quite some time, as texts do.");
    expect(w, "First line.\r\nSecond line\r\n\r\nThird", "First line.|Second line|Third");
    expect(w, "Old line.\rNext line", "Old line.|Next line");
}

static void lines_wrapped_by_hand_go_on(void **state)
{
    world *w = *state;
    expect(w,
           "The ministers of nine countries met on the island for a second\n"
           "day of talks that Norwegian officials called slow but useful, and\n"
           "agreed to meet again. Nobody would say when. A spokesman for the\n"
           "Danish delegation left without a word.\n"
           "\n"
           "The next round\n"
           "\n"
           "It will be held in Oslo, if the weather and the governments that\n"
           "Denmark has asked allow it.\n",
           "The ministers of nine countries met on the island for a second\n"
           "day of talks that Norwegian officials called slow but useful, and\n"
           "agreed to meet again.|Nobody would say when.|A spokesman for the\n"
           "Danish delegation left without a word.|The next round|It will be held in Oslo, if the weather "
           "and the "
           "governments that\n"
           "Denmark has asked allow it.");
    /* long lines are paragraphs, whatever they end with */
    expect(w,
           "The minister said that he would neither sign nor reject the paper before he had read all of its "
           "ninety "
           "pages twice\nOfficials agreed.",
           "The minister said that he would neither sign nor reject the paper before he had read all of its "
           "ninety "
           "pages twice|Officials agreed.");
    /* lines of which each is an item are not one text */
    expect(
        w,
        "- apples and a good deal of other fruit from the south\n- pears and a good deal of other fruit "
        "too\n",
        "- apples and a good deal of other fruit from the south|- pears and a good deal of other fruit too");
    /* where a link was taken out, the line goes on */
    expect(w, "The ministers have often said that the island was\ninvaded\nby goats. It was not.",
           "The ministers have often said that the island was\ninvaded\nby goats.|It was not.");
}

static void other_languages(void **state)
{
    world *w = *state;
    expect_in(w, "de", "Am 3. Mai kam er. Er blieb.", "Am 3. Mai kam er.|Er blieb.");
    expect_in(w, "en", "It took rank 3. May came.", "It took rank 3.|May came.");
    expect_in(w, "zh", "政府表示。部长说！好", "政府表示。|部长说！|好");
    expect_in(w, "hi", "यह है। वह है।", "यह है।|वह है।");
    expect_in(w, "und", "Tak. Nie.", "Tak.|Nie.");
}

static void unread_furniture_is_left_out(void **state)
{
    world *w = *state;
    dsr_report *report =
        make_report(w, "Island votes\n\nBy Ann Moss\n\nOSLO — The island voted. It rained. read more\n"
                       "Advertisement\n\nWhat is next?\n\nNobody knows.");
    add_furniture(w, report, "Island votes", DSR_FURNITURE_HEADLINE);
    add_furniture(w, report, "By Ann Moss", DSR_FURNITURE_BYLINE);
    add_furniture(w, report, "OSLO —", DSR_FURNITURE_DATELINE);
    add_furniture(w, report, "read more", DSR_FURNITURE_READMORE);
    add_furniture(w, report, "Advertisement", DSR_FURNITURE_ADVERT);
    add_furniture(w, report, "What is next?", DSR_FURNITURE_SUBHEAD);
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
    assert_string_equal(join_sentences(w, report),
                        "Island votes|The island voted.|It rained.|What is next?|Nobody knows.");
    report->furniture.items[0].span.end = (uint32_t)report->text.len; /* all of it is one piece */
    report->furniture.items[0].kind = DSR_FURNITURE_OTHER;
    report->furniture.count = 1;
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
    assert_int_equal(report->sentences.count, 0);
}

static void furniture_may_cut_through_a_sentence(void **state)
{
    world *w = *state;
    dsr_report *report = make_report(w, "The island (Advertisement) voted.");
    add_furniture(w, report, "(Advertisement)", DSR_FURNITURE_ADVERT);
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
    assert_string_equal(join_sentences(w, report), "The island|voted.");
}

static bool is_space_at(dsr_slice text, size_t at)
{
    size_t length = 1;
    return dsr_is_space(dsr_utf8_decode(text.ptr + at, text.ptr + text.len, &length));
}

/* Ordered, disjoint, trimmed, on characters; every letter is covered. */
static void check_sound(const dsr_report *report)
{
    dsr_slice text = report->text;
    size_t at = 0;
    for (size_t i = 0; i <= report->sentences.count; i++) {
        bool last = i == report->sentences.count;
        dsr_span span =
            last ? (dsr_span){(uint32_t)text.len, (uint32_t)text.len} : report->sentences.items[i];
        assert_true(span.start >= at && span.end <= text.len && (last || span.start < span.end));
        for (size_t k = at; k < span.start; k++)
            assert_true(((unsigned char)text.ptr[k] & 0xc0) == 0x80 || is_space_at(text, k));
        if (!last) {
            assert_int_equal(dsr_utf8_floor(text, span.start), span.start);
            assert_false(is_space_at(text, span.start));
            assert_false(is_space_at(text, dsr_utf8_floor(text, span.end - 1)));
        }
        at = span.end;
    }
}

static void every_text_is_covered(void **state)
{
    world *w = *state;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        dsr_report *report = make_report(w, "");
        report->text = make_soup(w, seed, seed % 80);
        assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
        check_sound(report);
        size_t count = report->sentences.count;
        const char *once = join_sentences(w, report);
        assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
        assert_int_equal(report->sentences.count, count); /* twice equals once */
        assert_string_equal(join_sentences(w, report), once);
    }
}

/* Labels stretches of the report at random, on characters. */
static void label_at_random(world *w, dsr_report *report, uint64_t seed)
{
    size_t at = 0;
    for (;;) {
        size_t start = dsr_utf8_floor(report->text, at + next_random(&seed) % 40);
        size_t end = dsr_utf8_floor(report->text, start + 1 + next_random(&seed) % 40);
        start = start < at ? at : start;
        if (start >= report->text.len || end > report->text.len || end <= start)
            return;
        assert_int_equal(DSR_LIST_RESERVE(w->arena, &report->furniture, 1), DSR_OK);
        dsr_furniture *piece = &report->furniture.items[report->furniture.count++];
        *piece = (dsr_furniture){{(uint32_t)start, (uint32_t)end},
                                 (dsr_furniture_kind)(next_random(&seed) % DSR_FURNITURE_KINDS)};
        at = end;
    }
}

static bool is_read(dsr_furniture_kind kind)
{
    return kind == DSR_FURNITURE_HEADLINE || kind == DSR_FURNITURE_STANDFIRST ||
           kind == DSR_FURNITURE_SUBHEAD;
}

/* No sentence and no quotation reaches into a piece that is not read, nor out of one that is. */
static void check_apart(const dsr_report *report, dsr_span span)
{
    for (size_t i = 0; i < report->furniture.count; i++) {
        const dsr_furniture *piece = &report->furniture.items[i];
        bool apart = span.end <= piece->span.start || span.start >= piece->span.end;
        bool inside = span.start >= piece->span.start && span.end <= piece->span.end;
        assert_true(apart || (inside && is_read(piece->kind)));
    }
}

static void furniture_and_sentences_stay_apart(void **state)
{
    world *w = *state;
    for (uint64_t seed = 1; seed <= 1500; seed++) {
        dsr_report *report = make_report(w, "");
        report->text = make_soup(w, seed, seed % 150);
        label_at_random(w, report, seed * 77 + 1);
        assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
        assert_int_equal(dsr_language_find_quotes(w->arena, w->lexicon, report), DSR_OK);
        for (size_t i = 0; i < report->sentences.count; i++)
            check_apart(report, report->sentences.items[i]);
        for (size_t i = 0; i < report->quotes.count; i++)
            check_apart(report, report->quotes.items[i].span);
    }
}

static void large_texts_take_linear_time(void **state)
{
    world *w = *state;
    static const char *const pieces[] = {
        ".",    ". ", "\"",   ". \"",  ".)",  "(",   "[1]", ".[1] ", "\n",      "a\n", "a\n\n",       "A. ",
        "?\" ", "… ", ". . ", "U.S. ", "a.B", "1. ", ".\n", "。",    "?”said ", "Mr.", "p.m. X time "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        dsr_arena *arena = dsr_arena_new(0);
        assert_non_null(arena);
        dsr_report report = {.text = repeat(w, pieces[i], 1 << 20)};
        assert_int_equal(dsr_language_find_sentences(arena, w->lexicon, &report), DSR_OK);
        dsr_arena_drop(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_stops_end),
        cmocka_unit_test(abbreviations_do_not_end),
        cmocka_unit_test(abbreviations_may_end_before_function_words),
        cmocka_unit_test(quotation_marks_and_brackets_close_behind_the_stop),
        cmocka_unit_test(ellipses),
        cmocka_unit_test(small_letters),
        cmocka_unit_test(lost_blanks),
        cmocka_unit_test(lists_and_headings),
        cmocka_unit_test(lines_wrapped_by_hand_go_on),
        cmocka_unit_test(other_languages),
        cmocka_unit_test(unread_furniture_is_left_out),
        cmocka_unit_test(furniture_may_cut_through_a_sentence),
        cmocka_unit_test(every_text_is_covered),
        cmocka_unit_test(furniture_and_sentences_stay_apart),
        cmocka_unit_test(large_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
