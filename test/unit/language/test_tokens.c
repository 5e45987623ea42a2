/* Tokens: each rule by sentences of its own, then what must hold for every text. */
#include "support.h"

#include "base/utf8.h"

#include <string.h>

static void expect(world *w, const char *text, const char *tokens)
{
    assert_string_equal(join_tokens(w, "en", text), tokens);
}

static void contractions_part(void **state)
{
    world *w = *state;
    expect(w, "They don't know it's over.", "They|do|n't|know|it|'s|over|.");
    expect(w, "We can't, won't and didn't.", "We|ca|n't|,|wo|n't|and|did|n't|.");
    expect(w, "I’m sure you’ve seen we’ll go; he'd stay, they're not.",
           "I|’m|sure|you|’ve|seen|we|’ll|go|;|he|'d|stay|,|they|'re|not|.");
    expect(w, "CAN'T STOP", "CA|N'T|STOP");
    expect(w, "She cannot and is gonna.", "She|can|not|and|is|gon|na|.");
    expect(w, "Ann O'Brien's o'clock", "Ann|O'Brien|'s|o'clock");
    expect(w, "the ministers' plan", "the|ministers|'|plan");
    expect(w, "(AP)'s photo", "(|AP|)|'s|photo");
    /* another language keeps its words whole */
    assert_string_equal(join_tokens(w, "fr", "l'accord d'hier"), "l'accord|d'hier");
}

static void letters_left_out_stay(void **state)
{
    world *w = *state;
    expect(w, "Back in the '90s, get 'em", "Back|in|the|'90s|,|get|'em");
    expect(w, "the ’68 revolt", "the|’68|revolt");
    expect(w, "the 1990s and 1990's", "the|1990s|and|1990's");
}

static void abbreviations_keep_their_stop(void **state)
{
    world *w = *state;
    expect(w, "Gen. Ada Moss of the U.S. Army met Dr. Roy.", "Gen.|Ada|Moss|of|the|U.S.|Army|met|Dr.|Roy|.");
    expect(w, "at 9 a.m. on Jan. 5, i.e. early", "at|9|a.m.|on|Jan.|5|,|i.e.|early");
    expect(w, "J. K. Moss and A.B. Roy, Ph.D., left.", "J.|K.|Moss|and|A.B.|Roy|,|Ph.D.|,|left|.");
    expect(w, "Acme Inc. fell.", "Acme|Inc.|fell|.");
    expect(w, "room No. 5, but no. Then", "room|No.|5|,|but|no|.|Then");
    expect(w, "He sat.", "He|sat|.");
    expect(w, "It was plan B.", "It|was|plan|B|.");
    expect(w, "the alga E. minor and an M.Sc. degree", "the|alga|E.|minor|and|an|M.Sc.|degree");
    /* what is an abbreviation only with a capital */
    expect(w, "a ride not to miss. Jackson, Miss. is", "a|ride|not|to|miss|.|Jackson|,|Miss.|is");
}

static void the_last_stop_is_a_token(void **state)
{
    world *w = *state;
    expect(w, "They sell tea, rice etc.", "They|sell|tea|,|rice|etc|.");
    expect(w, "They sell tea, rice etc. and oil.", "They|sell|tea|,|rice|etc.|and|oil|.");
    expect(w, "(He runs Acme Inc.)", "(|He|runs|Acme|Inc|.|)");
    expect(w, "He left the U.S.", "He|left|the|U.S.");
    expect(w, "by Roy Ito, Jr..", "by|Roy|Ito|,|Jr.|.");
    expect(w, "He waited etc...", "He|waited|etc|...");
}

static void contractions_without_apostrophe(void **state)
{
    world *w = *state;
    expect(w, "i dont know, Thats it", "i|do|nt|know|,|That|s|it");
    expect(w, "im sure they havent; ive seen", "i|m|sure|they|have|nt|;|i|ve|seen");
    expect(w, "Im Soo-jin met Jony Ive", "Im|Soo|-|jin|met|Jony|Ive"); /* names */
    expect(w, "the driver`s seat", "the|driver|`s|seat");
}

static void parts_of_a_word_are_joined(void **state)
{
    world *w = *state;
    static const struct {
        const char *text;
        const char *joined; /* a letter a token */
    } cases[] = {
        {"We don't go", "..j."},      {"Ann's cannot", ".j.j"},
        {"the players' won", "..j."}, {"'the players' won", "....."},
        {"(AP)'s photo", "...j."},    {"rock 'n' roll 'em", "....."},
        {"is gonna", "..j"},          {"high-stakes", "..."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dsr_slice text = dsr_slice_of(cases[i].text);
        dsr_tokens tokens = {0};
        assert_int_equal(dsr_language_tokenize(w->arena, w->lexicon, DSR_SLICE("en"), text,
                                               (dsr_span){0, (uint32_t)text.len}, &tokens),
                         DSR_OK);
        char found[32] = "";
        assert_true(tokens.count < sizeof found);
        for (size_t k = 0; k < tokens.count; k++)
            found[k] = tokens.items[k].joined ? 'j' : '.';
        if (strcmp(found, cases[i].joined) != 0)
            print_message("%s\n", cases[i].text);
        assert_string_equal(found, cases[i].joined);
    }
}

static void numbers_and_units(void **state)
{
    world *w = *state;
    expect(w, "13,000 of 1.5 million, 8th at 20:17", "13,000|of|1.5|million|,|8th|at|20:17");
    expect(w, "$5.2bn, US$40, 30% and €7", "$|5.2|bn|,|US$|40|,|30|%|and|€|7");
    expect(w, "at 8pm, 5km, 2p.m.", "at|8|pm|,|5|km|,|2|p.m|.");
    expect(w, "11/12/2022 or 10-20", "11/12/2022|or|10|-|20");
    expect(w, "call 212-555-0142 in 2014-2015", "call|212-555-0142|in|2014|-|2015");
    expect(w, "about .5 of it", "about|.5|of|it");
    expect(w, "in 2014.", "in|2014|.");
    expect(w, "the 3rd, 21st, 2nd F16 and 5G", "the|3rd|,|21st|,|2nd|F16|and|5G");
    expect(w, "$5M, 30C, the 17H form, 66k.", "$|5|M|,|30|C|,|the|17H|form|,|66|k|.");
    expect(w, "see [8,9] and [18,19,20], 12,34,567", "see|[|8|,|9|]|and|[|18|,|19|,|20|]|,|12,34,567");
    expect(w, "1,8 m at 54º", "1,8|m|at|54|º");
    expect(w, "Tel: +44 20 7484, (+1-212-555-0142), 212/555-0142",
           "Tel|:|+44|20|7484|,|(|+1-212-555-0142|)|,|212/555-0142");
    expect(w, "a + b, x+1", "a|+|b|,|x|+|1");
    expect(w, "He is 6'2\" tall", "He|is|6|'|2|\"|tall");
}

static void hyphens_part_words(void **state)
{
    world *w = *state;
    expect(w, "high-stakes US-led talks", "high|-|stakes|US|-|led|talks");
    expect(w, "a 10-year non-starter, anti-war e-mail", "a|10|-|year|non-starter|,|anti-war|e-mail");
    expect(w, "yes - no -- or — maybe – so", "yes|-|no|--|or|—|maybe|–|so");
    expect(w, "and/or", "and|/|or");
    expect(w, "AT&T and R&D", "AT&T|and|R&D");
    expect(w, "the I/O port w/o it", "the|I/O|port|w/o|it");
    expect(w, "vice-president", "vice|-|president");
}

static void addresses_stay_whole(void **state)
{
    world *w = *state;
    expect(w, "See https://news.example.com/a?b=1. Then", "See|https://news.example.com/a?b=1|.|Then");
    expect(w, "(www.example.org/x)", "(|www.example.org/x|)");
    expect(w, "Mail ann.moss@example.co.uk, please", "Mail|ann.moss@example.co.uk|,|please");
    expect(w, "@AnnMoss wrote #peace", "@AnnMoss|wrote|#peace");
    expect(w, "item #1", "item|#|1");
    expect(w, "on example.com today", "on|example.com|today");
    expect(w, "a@b", "a|@|b"); /* no address: no domain */
    expect(w, "mailto:ann@example.org, see example.org/a/b.",
           "mailto:ann@example.org|,|see|example.org/a/b|.");
    expect(w, "REPORT.PDF and Brussels.The", "REPORT.PDF|and|Brussels|.|The");
    expect(w, "km/h", "km|/|h");
}

static void punctuation(void **state)
{
    world *w = *state;
    expect(w, "Well... what?! (no)", "Well|...|what|?!|(|no|)");
    expect(w, "So [...] it … ended", "So|[...]|it|…|ended");
    expect(w, "“We stay,” he said. «Oui»", "“|We|stay|,|”|he|said|.|«|Oui|»");
    expect(w, "‘‘We stay,’’ he said", "‘‘|We|stay|,|’’|he|said");
    expect(w, "``yes'' and 'no'", "``|yes|''|and|'|no|'");
    expect(w, "in Brussels.The allies", "in|Brussels|.|The|allies");
    expect(w, "fine :) *** >>", "fine|:)|***|>>");
    expect(w, "so :-( and ^_^ =D, not 3:1 or :x", "so|:-(|and|^_^|=D|,|not|3:1|or|:|x");
}

static void other_scripts(void **state)
{
    world *w = *state;
    expect(w, "Київ і Praha, naïve", "Київ|і|Praha|,|naïve");
    expect(w, "政府。今日", "政府|。|今日");
    expect(w, "e\xcc\x81t\xc3\xa9 \xf0\x9f\x98\x80", "e\xcc\x81t\xc3\xa9|\xf0\x9f\x98\x80");
}

static void kinds_are_told(void **state)
{
    world *w = *state;
    static const struct {
        const char *text;
        dsr_token_kind kinds[5];
    } cases[] = {
        {"Moss said 13,000 (", {DSR_TOKEN_WORD, DSR_TOKEN_WORD, DSR_TOKEN_NUMBER, DSR_TOKEN_PUNCTUATION}},
        {"“ ' $ % @moss",
         {DSR_TOKEN_QUOTE, DSR_TOKEN_QUOTE, DSR_TOKEN_SYMBOL, DSR_TOKEN_SYMBOL, DSR_TOKEN_ADDRESS}},
        {"8th players' '90s ...",
         {DSR_TOKEN_NUMBER, DSR_TOKEN_WORD, DSR_TOKEN_WORD, DSR_TOKEN_NUMBER, DSR_TOKEN_PUNCTUATION}},
        {"'the players' won",
         {DSR_TOKEN_QUOTE, DSR_TOKEN_WORD, DSR_TOKEN_WORD, DSR_TOKEN_QUOTE, DSR_TOKEN_WORD}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dsr_slice text = dsr_slice_of(cases[i].text);
        dsr_tokens tokens = {0};
        assert_int_equal(dsr_language_tokenize(w->arena, w->lexicon, DSR_SLICE("en"), text,
                                               (dsr_span){0, (uint32_t)text.len}, &tokens),
                         DSR_OK);
        assert_true(tokens.count >= 4);
        for (size_t k = 0; k < tokens.count && k < 5; k++)
            assert_int_equal(tokens.items[k].kind, cases[i].kinds[k]);
    }
}

static void only_the_span_is_parted(void **state)
{
    world *w = *state;
    dsr_slice text = DSR_SLICE("alpha beta gamma");
    dsr_tokens tokens = {0};
    assert_int_equal(
        dsr_language_tokenize(w->arena, w->lexicon, DSR_SLICE("en"), text, (dsr_span){6, 10}, &tokens),
        DSR_OK);
    assert_int_equal(tokens.count, 1);
    assert_int_equal(tokens.items[0].span.start, 6);
    assert_int_equal(tokens.items[0].span.end, 10);
    assert_false(tokens.items[0].space_before);
    assert_int_equal(
        dsr_language_tokenize(w->arena, w->lexicon, DSR_SLICE("en"), text, (dsr_span){3, 3}, &tokens),
        DSR_OK);
    assert_int_equal(tokens.count, 0);
    /* a span past the end is cut */
    assert_int_equal(
        dsr_language_tokenize(w->arena, w->lexicon, DSR_SLICE("en"), text, (dsr_span){11, 99}, &tokens),
        DSR_OK);
    assert_int_equal(tokens.count, 1);
    assert_int_equal(tokens.items[0].span.end, 16);
}

static bool is_white(dsr_slice text, size_t start, size_t end)
{
    while (start < end) {
        size_t length = 1;
        if (!dsr_is_space(dsr_utf8_decode(text.ptr + start, text.ptr + text.len, &length)))
            return false;
        start += length;
    }
    return true;
}

/* Tokens are in order, hold no white space, and only white space stands between them. */
static void check_whole(world *w, const char *language, dsr_slice text)
{
    dsr_tokens tokens = {0};
    assert_int_equal(dsr_language_tokenize(w->arena, w->lexicon, dsr_slice_of(language), text,
                                           (dsr_span){0, (uint32_t)text.len}, &tokens),
                     DSR_OK);
    size_t at = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        dsr_span span = tokens.items[i].span;
        assert_true(span.start < span.end && span.start >= at && span.end <= text.len);
        assert_true(is_white(text, at, span.start));
        assert_true(tokens.items[i].space_before == (span.start > at));
        assert_int_equal(dsr_utf8_floor(text, span.start), span.start);
        at = span.end;
    }
    assert_true(is_white(text, at, text.len));
}

static void nothing_is_lost(void **state)
{
    world *w = *state;
    for (uint64_t seed = 1; seed <= 3000; seed++)
        check_whole(w, seed % 3 ? "en" : "und", make_soup(w, seed, seed % 60));
    for (uint64_t seed = 1; seed <= 20; seed++)
        check_whole(w, "de", make_soup(w, seed, 5000));
}

static void large_texts_take_linear_time(void **state)
{
    world *w = *state;
    static const char *const pieces[] = {
        "a",  "a-",   "a.",      "a'",   "'",    "\"",     ".",        "-",    "(",     "@",       "a@",
        "1-", "1,",   "http://", "www.", "non-", "[...]",  "& ",       "A&",   "co-e-", "a_b.c-d", "’",
        "“",  "Mr. ", "11,",     "+1-",  "a@a-", "x.com/", "mailto:a", "a.b.", "A/",    "a`s",     ":("};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        dsr_slice text = repeat(w, pieces[i], 1 << 20);
        dsr_tokens tokens = {0};
        dsr_arena *arena = dsr_arena_new(0);
        assert_non_null(arena);
        assert_int_equal(dsr_language_tokenize(arena, w->lexicon, DSR_SLICE("en"), text,
                                               (dsr_span){0, (uint32_t)text.len}, &tokens),
                         DSR_OK);
        assert_true(tokens.count >= 1);
        dsr_arena_drop(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contractions_part),
        cmocka_unit_test(letters_left_out_stay),
        cmocka_unit_test(abbreviations_keep_their_stop),
        cmocka_unit_test(the_last_stop_is_a_token),
        cmocka_unit_test(contractions_without_apostrophe),
        cmocka_unit_test(parts_of_a_word_are_joined),
        cmocka_unit_test(numbers_and_units),
        cmocka_unit_test(hyphens_part_words),
        cmocka_unit_test(addresses_stay_whole),
        cmocka_unit_test(punctuation),
        cmocka_unit_test(other_scripts),
        cmocka_unit_test(kinds_are_told),
        cmocka_unit_test(only_the_span_is_parted),
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(large_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
