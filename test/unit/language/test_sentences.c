/* Sentences: each rule by sentences of its own, then what must hold for every report. */
#include "support.h"

#include "base/utf8.h"

#include <stdio.h>
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
    expect(w, "It ended there. ... The rest is known.", "It ended there.|... The rest is known.");
    expect(w, "... The rest is known.", "... The rest is known.");
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

static void stops_that_belong_together(void **state)
{
    world *w = *state;
    expect(w, "It fell again.[better source needed] Nobody knew.",
           "It fell again.[better source needed]|Nobody knew.");
    expect(w, "It harms all institutions.9 Yet it grew.", "It harms all institutions.9|Yet it grew.");
    expect(w, "Thanks for it. :) We go. =( Why", "Thanks for it. :)|We go. =(|Why");
    expect(w, "Who says so ? ? ? Nobody does.", "Who says so ? ? ?|Nobody does.");
    expect(w, "It was open (at last!) and free (really?) for all. We go.",
           "It was open (at last!) and free (really?) for all.|We go.");
    expect(w, "do they have it?how much is it?we go", "do they have it?|how much is it?|we go");
    expect(w, "See http://a.example/b?page=2 for it.", "See http://a.example/b?page=2 for it.");
    expect(w, "It sells tea etc. Police came.", "It sells tea etc.|Police came.");
    expect(w, "It sells well. eBay fell. iPhones rose.", "It sells well.|eBay fell.|iPhones rose.");
    expect(w, "A ride not to miss. Jackson is near.", "A ride not to miss.|Jackson is near.");
}

static void lists_inside_a_paragraph(void **state)
{
    world *w = *state;
    expect(w, "There are rules: 1. Leave now. 2. Stay away. 13. Pay.",
           "There are rules:|1. Leave now.|2. Stay away.|13. Pay.");
    expect(w, "It ended 2: 0. But it went on in 1984. Then it rained.",
           "It ended 2: 0.|But it went on in 1984.|Then it rained.");
    expect(w, "*1. The first is war. *2. The second is peace.",
           "*1. The first is war.|*2. The second is peace.");
}

static void addresses_in_a_row(void **state)
{
    world *w = *state;
    expect(w, "Read http://a.example/x.html http://b.example/ Then come back.",
           "Read http://a.example/x.html|http://b.example/|Then come back.");
    expect(w, "Read http://a.example/x.html and come back.", "Read http://a.example/x.html and come back.");
}

static void datelines_and_days_stand_alone(void **state)
{
    world *w = *state;
    static const char story[] =
        "The ministers of nine countries met on the island for a second day of talks that "
        "officials called slow but useful, and agreed to meet again.";
    static const char *const lines[] = {"OSLO (AP) --", "Bergen (Reuters) -", "NEW DELHI -",
                                        "Bergen, Vestland, Norway —"};
    static const char *const none[] = {"Ann Moss (D) -", "Norway —", "The long read -", "IIT -",
                                       "PTI chief accuses PML -"};
    char text[512], expected[512];
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        snprintf(text, sizeof text, "%s %s", lines[i], story);
        snprintf(expected, sizeof expected, "%s|%s", lines[i], story);
        expect(w, text, expected);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        snprintf(text, sizeof text, "%s %s", none[i], story);
        expect(w, text, text);
    }
    expect(w, "KYIV — The short line", "KYIV — The short line"); /* too short to be a story */
    expect(w, "Island goes to the polls Sunday, May 28, 2006 The polls are open.",
           "Island goes to the polls|Sunday, May 28, 2006|The polls are open.");
    expect(w, "Island goes to the polls Sunday, 28 May 2006", "Island goes to the polls|Sunday, 28 May 2006");
    expect(w, "Island votes on Sunday, May 28, 2006", "Island votes on Sunday, May 28, 2006");
    expect(w, "Island votes Sunday, May 28, 2006, again", "Island votes Sunday, May 28, 2006, again");
    expect(w, "Sunday, May 2006 was long", "Sunday, May 2006 was long");
}

static void sentences_without_a_stop_before_them(void **state)
{
    world *w = *state;
    expect(w, "Island goes to the polls The talks go on.", "Island goes to the polls|The talks go on.");
    expect(w, "Ann Moss of the union In the north, it rained.",
           "Ann Moss of the union|In the north, it rained.");
    expect(w, "They read The Valley Post and The long read.", "They read The Valley Post and The long read.");
    expect(w, "He saw \"The island in winter\" twice.", "He saw \"The island in winter\" twice.");
    expect(w, "Goats on the island Image: Ann Moss", "Goats on the island|Image: Ann Moss");
    expect(w, "Image: Ann Moss", "Image: Ann Moss");
    expect_in(w, "nl", "Wij gaan The end of it", "Wij gaan The end of it");
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
    /* a line of wrapped text may begin with a number or a dash */
    expect(w,
           "The ministers of nine countries met on the island in the month of May\n"
           "206. It rained. They spoke of little but the weather and of the goats\n"
           "- the latter at some length. It was not the first time that they did it.\n",
           "The ministers of nine countries met on the island in the month of May\n"
           "206.|It rained.|They spoke of little but the weather and of the goats\n"
           "- the latter at some length.|It was not the first time that they did it.");
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
        ".",        ". ",    "\"",      ". \"",     ".)",           "(",    "[1]",     ".[1] ", "\n",
        "a\n",      "a\n\n", "A. ",     "?\" ",     "… ",           ". . ", "U.S. ",   "a.B",   "1. ",
        ".\n",      "。",    "?”said ", "Mr.",      "p.m. X time ", ".[a]", ". :)",    "a://",  "http://a ",
        "Sunday, ", "A (",   "A - ",    "The a b ", ": 1. A",       "?a",   "Image: ", "a.1 A"};
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
        cmocka_unit_test(stops_that_belong_together),
        cmocka_unit_test(lists_inside_a_paragraph),
        cmocka_unit_test(addresses_in_a_row),
        cmocka_unit_test(datelines_and_days_stand_alone),
        cmocka_unit_test(sentences_without_a_stop_before_them),
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
