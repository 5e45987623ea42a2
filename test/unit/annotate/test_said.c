/* Who says what, with the models and tables as they ship: what is clear must come out exactly; whatever goes
 * in, the record is sound and the time is linear. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "clean/clean.h"
#include "engine/analysis.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "no_memory.h"

typedef struct world {
    dsr_lexicon *lexicon;
    dsr_analyst *analyst;
    dsr_arena *arena;
    dsr_report report;
} world;

static int world_open(void **state)
{
    static world w;
    dsr_error error = {0};
    if (dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &w.lexicon, &error) != DSR_OK ||
        dsr_analyst_open(DSR_DATA_FOLDER, NULL, DSR_ANNOTATE_ALL, &w.analyst, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return -1;
    }
    *state = &w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    dsr_arena_drop(w->arena);
    dsr_analyst_close(w->analyst);
    dsr_lexicon_close(w->lexicon);
    return 0;
}

static dsr_status annotate(world *w, dsr_slice text)
{
    dsr_arena_drop(w->arena);
    w->arena = dsr_arena_new(0);
    assert_non_null(w->arena);
    w->report = (dsr_report){.text = text};
    w->report.meta.language = DSR_SLICE("en");
    assert_int_equal(dsr_clean_report(w->arena, w->lexicon, &w->report), DSR_OK);
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, &w->report), DSR_OK);
    assert_int_equal(dsr_language_find_quotes(w->arena, w->lexicon, &w->report), DSR_OK);
    return dsr_analyst_annotate(w->analyst, w->lexicon, w->arena, &w->report);
}

static void read_text(world *w, const char *text)
{
    assert_int_equal(annotate(w, dsr_slice_of(text)), DSR_OK);
    const char *what = "";
    if (!dsr_report_is_sound(&w->report, &what)) {
        fail_msg("%s: %.200s", what, text);
    }
}

/* The quotation, in marks or not, that begins with these words. */
static const dsr_quote *quote_of(const world *w, const char *start)
{
    for (size_t i = 0; i < w->report.quotes.count; i++) {
        const dsr_quote *q = &w->report.quotes.items[i];
        dsr_slice text = dsr_slice_part(w->report.text, q->span.start, q->span.end);
        if (dsr_slice_starts(text, dsr_slice_of(start))) {
            return q;
        }
    }
    static const dsr_quote none;
    fail_msg("no quotation begins \"%s\"", start);
    return &none;
}

static void expect_text(const world *w, dsr_span span, const char *expected, const char *what)
{
    dsr_slice found = dsr_slice_part(w->report.text, span.start, span.end);
    if (!dsr_slice_equal(found, dsr_slice_of(expected))) {
        fail_msg("%s is \"%.*s\", not \"%s\", in: %.*s", what, DSR_PRINT(found), expected,
                 DSR_PRINT(w->report.text));
    }
}

static void expect_person(const world *w, const dsr_quote *q, const char *canonical)
{
    if (canonical == NULL) {
        assert_int_equal(q->entity, DSR_NO_ENTITY);
        return;
    }
    assert_true(q->entity < w->report.entities.count);
    dsr_slice found = w->report.entities.items[q->entity].canonical;
    if (!dsr_slice_equal(found, dsr_slice_of(canonical))) {
        fail_msg("the person is %.*s, not %s, in: %.*s", DSR_PRINT(found), canonical,
                 DSR_PRINT(w->report.text));
    }
}

/* ---- who ---- */

typedef struct said_case {
    const char *text, *quote;
    const char *speaker, *person, *cue, *audience;
} said_case;

static void every_order_of_speaker_verb_and_words(void **state)
{
    world *w = *state;
    static const said_case cases[] = {
        {"\"We will rebuild the bridge,\" Anna Keller said.", "\"We", "Anna Keller", "Anna Keller", "said",
         ""},
        {"\"We will rebuild the bridge,\" said Anna Keller.", "\"We", "Anna Keller", "Anna Keller", "said",
         ""},
        {"Anna Keller said: \"We will rebuild the bridge.\"", "\"We", "Anna Keller", "Anna Keller", "said",
         ""},
        {"Anna Keller said, \"We will rebuild the bridge.\"", "\"We", "Anna Keller", "Anna Keller", "said",
         ""},
        {"\"We will rebuild,\" Anna Keller said, \"and we will pay for it.\"", "\"and", "Anna Keller",
         "Anna Keller", "said", ""},
        {"Anna Keller told reporters: \"We will rebuild the bridge.\"", "\"We", "Anna Keller", "Anna Keller",
         "told", "reporters"},
        {"\"We will rebuild the bridge,\" Anna Keller told Peter Brandt.", "\"We", "Anna Keller",
         "Anna Keller", "told", "Peter Brandt"},
        {"The bridge was \"a disgrace\", according to Anna Keller.", "\"a dis", "Anna Keller", "Anna Keller",
         "according to", ""},
        {"\"We will rebuild the bridge,\" said transport minister Anna Keller.", "\"We",
         "transport minister Anna Keller", "Anna Keller", "said", ""},
        {"\"It fell at noon,\" said Peter Brandt, a fisherman who saw it.", "\"It",
         "Peter Brandt, a fisherman who saw it", "Peter Brandt", "said", ""},
        {"\xe2\x80\x9cIt fell at noon,\xe2\x80\x9d Peter Brandt said.", "\xe2\x80\x9cIt", "Peter Brandt",
         "Peter Brandt", "said", ""},
        {"\"It fell at noon,\" a fisherman said.", "\"It", "a fisherman", NULL, "said", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_text(w, cases[i].text);
        const dsr_quote *q = quote_of(w, cases[i].quote);
        expect_text(w, q->speaker, cases[i].speaker, "the speaker");
        expect_text(w, q->cue, cases[i].cue, "the cue");
        expect_text(w, q->audience, cases[i].audience, "the audience");
        expect_person(w, q, cases[i].person);
        assert_true(q->confidence > 0 && q->confidence <= 1000);
    }
}

static void a_pronoun_stands_for_its_person(void **state)
{
    world *w = *state;
    read_text(w, "Anna Keller visited the harbour on Monday. \"We will rebuild the bridge,\" she said.");
    const dsr_quote *q = quote_of(w, "\"We");
    expect_text(w, q->speaker, "she", "the speaker");
    expect_person(w, q, "Anna Keller");
}

static void who_spoke_goes_on(void **state)
{
    world *w = *state;
    read_text(w, "\"The bridge is gone,\" Anna Keller said. \"We will build it again.\"");
    const dsr_quote *q = quote_of(w, "\"We will");
    expect_person(w, q, "Anna Keller");
    assert_int_equal(q->how, DSR_SAID_GOES_ON);
    read_text(
        w, "\"The bridge is gone,\" Anna Keller said. \"We have lost it.\n\n\"We will build it again.\"\n\n"
           "The river was high.");
    expect_person(w, quote_of(w, "\"We will"), "Anna Keller");
}

static void the_parts_of_a_split_quotation_have_one_speaker(void **state)
{
    world *w = *state;
    read_text(w, "Peter Brandt watched. \"We will rebuild,\" Anna Keller said, \"and we will pay for it.\"");
    const dsr_quote *first = quote_of(w, "\"We"), *second = quote_of(w, "\"and");
    assert_int_equal(first->quotation, second->quotation);
    assert_int_equal(first->entity, second->entity);
    assert_int_equal(second->how, DSR_SAID_SPLIT);
}

static void two_speakers_stay_two(void **state)
{
    world *w = *state;
    read_text(w, "\"The bridge is gone,\" Anna Keller said.\n\n\"It was old,\" Peter Brandt answered.\n\n"
                 "\"Nobody warned us,\" Keller said.");
    expect_person(w, quote_of(w, "\"The"), "Anna Keller");
    expect_person(w, quote_of(w, "\"It"), "Peter Brandt");
    expect_person(w, quote_of(w, "\"Nobody"), "Anna Keller");
}

static void words_in_marks_that_nobody_says_are_scare(void **state)
{
    world *w = *state;
    read_text(w, "The so-called \"gang\" met in the old mill near the river last week.");
    const dsr_quote *q = quote_of(w, "\"gang");
    assert_int_equal(q->kind, DSR_QUOTE_SCARE);
    assert_int_equal(q->entity, DSR_NO_ENTITY);
    assert_int_equal(q->confidence, 0);
    assert_int_equal(q->how, DSR_SAID_MARKS);
    expect_text(w, q->speaker, "", "the speaker");
}

static void a_heading_takes_its_speaker_from_the_body(void **state)
{
    world *w = *state;
    read_text(w, "'Non starters' on the table as talks over the harbour bridge begin\n\n"
                 "Delegates met in Lund on Monday to talk about the harbour bridge. The talks will last "
                 "three days.\n\n"
                 "\"Most of these demands are simply non-starters,\" Anna Keller said on Monday.\n");
    const dsr_quote *q = quote_of(w, "'Non");
    expect_person(w, q, "Anna Keller");
    expect_text(w, q->speaker, "", "the speaker");
    assert_int_equal(q->how, DSR_SAID_BODY);
}

static void a_signature_below_names_the_speaker(void **state)
{
    world *w = *state;
    read_text(w, "The mayor was asked about the old bridge.\n\n\"We never saw the report that the engineers "
                 "wrote.\"\n\n"
                 "- Anna Keller.\n\nThe river was high.");
    expect_person(w, quote_of(w, "\"We never"), "Anna Keller");
}

static void quotations_within_quotations_have_their_own_speakers(void **state)
{
    world *w = *state;
    static const said_case cases[] = {
        {"It rained.\n\n\"My boss told me, 'You are fired,' and I cried,\" Anna Keller said.", "'You",
         "My boss", NULL, "told", ""},
        {"It rained.\n\n\"'You will pay for it,' Peter Brandt told me on the players' bus,\" Anna Keller "
         "said.",
         "'You will", "Peter Brandt", "Peter Brandt", "told", ""},
        {"It rained.\n\n\"I said, 'We're going to win this thing,'\" said Anna Keller.", "'We're", "I",
         "Anna Keller", "said", ""},
        {"It rained.\n\n\"The man shouted \"stop right now\" as he ran,\" Anna Keller said.", "\"stop",
         "The man", NULL, "shouted", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_text(w, cases[i].text);
        const dsr_quote *inner = quote_of(w, cases[i].quote);
        expect_text(w, inner->speaker, cases[i].speaker, "the speaker");
        expect_text(w, inner->cue, cases[i].cue, "the cue");
        expect_person(w, inner, cases[i].person);
        const dsr_quote *outer = &w->report.quotes.items[0];
        expect_person(w, outer, "Anna Keller");
        assert_int_not_equal(inner->quotation, outer->quotation);
    }
    static const char *const none[] = {
        "\"The players' union's 'long goodbye' is over,\" Anna Keller said.",
        "\"It is a 'disgrace', 'nothing' and 'all',\" Anna Keller said.",
        "\"\" Anna Keller said. \"'\" '' \"''\"",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        read_text(w, none[i]);
        for (size_t q = 0; q < w->report.quotes.count; q++) {
            assert_int_not_equal(w->report.text.ptr[w->report.quotes.items[q].span.start], '\'');
        }
    }
}

static void words_that_are_never_closed_have_their_speaker(void **state)
{
    world *w = *state;
    read_text(w, "\"We will go,\" said Peter Brandt.\n\n\"This one never closes, said Anna Keller.");
    const dsr_quote *q = quote_of(w, "\"This");
    expect_text(w, q->span, "\"This one never closes,", "the words");
    expect_text(w, q->speaker, "Anna Keller", "the speaker");
}

/* A speaker, and no more confidence than the text gives. */
typedef struct sure_case {
    const char *text, *quote, *person; /* "": whoever */
    unsigned most;
} sure_case;

static void check_sure(world *w, const sure_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        read_text(w, cases[i].text);
        const dsr_quote *q = quote_of(w, cases[i].quote);
        if (cases[i].person == NULL || cases[i].person[0] != '\0') {
            expect_person(w, q, cases[i].person);
        }
        if (q->confidence > cases[i].most) {
            fail_msg("%u is too sure: %s", q->confidence, cases[i].text);
        }
    }
}

static void whose_turn_it_is_is_not_always_sure(void **state)
{
    static const sure_case cases[] = {
        {"\"I know her,\" Peter Brandt said of Maria Brandt.\n\n\"I know him too,\" Brandt said.",
         "\"I know him", "Peter Brandt", 800},
        {"It rained in Leeds.\n\nTheresa May met Angela Merkel on Monday.\n\nMay told Merkel that Britain "
         "needed more time. \"We need until June,\" she said.",
         "\"We need", "Theresa May", 800},
        {"Anna Keller and Maria Lopez met on Monday.\n\n\"Not at all,\" Anna Keller told Maria "
         "Lopez.\n\n\"Oh yes,\" she replied.",
         "\"Oh", "", 800},
        {"Peter Brandt is the mayor of Leeds. He likes rain.\n\nJohn Keller told Peter Brandt he was "
         "\"fine\". \"I "
         "am fine,\" he insisted.",
         "\"I am", "John Keller", 800},
        {"ANNA KELLER: He said that he would sign the bill. \"I will sign it,\" he told me.", "\"I will",
         NULL, 1000},
    };
    check_sure(*state, cases, sizeof cases / sizeof *cases);
}

static void who_is_spoken_to_or_of_is_told_from_who_speaks(void **state)
{
    world *w = *state;
    static const sure_case cases[] = {
        {"It rained in Leeds.\n\nAnna Keller accused Peter Brandt of saying \"we will burn it all down\".",
         "\"we will", "Peter Brandt", 1000},
        {"It rained in Leeds.\n\nThe Times quoted Anna Keller as saying \"I saw nothing\".", "\"I saw",
         "Anna Keller", 1000},
        {"It rained in Leeds.\n\nAnna Keller was told: \"You must go.\"", "\"You", NULL, 0},
        {"It rained in Leeds.\n\nAnna Keller was then asked: \"Did you see the man?\"", "\"Did", NULL, 0},
    };
    check_sure(w, cases, sizeof cases / sizeof *cases);
    expect_text(w, quote_of(w, "\"Did")->audience, "Anna Keller", "the audience");
    read_text(
        w, "It rained in Leeds.\n\nAnna Keller was asked about the bridge. \"I saw nothing,\" Keller said.");
    expect_person(w, quote_of(w, "\"I saw"), "Anna Keller");
}

static void the_grammar_finds_who_says_a_few_words(void **state)
{
    static const sure_case cases[] = {
        {"It rained in Leeds.\n\n\"He is guilty,\" Peter Brandt told police, according to Anna Keller.",
         "\"He", "Peter Brandt", 800},
        {"It rained in Leeds.\n\n\"Sad,\" read a tweet from Anna Keller.", "\"Sad", "Anna Keller", 800},
        {"It rained in Leeds.\n\n\"We shall never surrender,\" as Peter Brandt put it.", "\"We",
         "Peter Brandt", 1000},
        {"It rained in Leeds.\n\n\"We shall go home\" - Peter Brandt, mayor of Leeds.", "\"We",
         "Peter Brandt", 800},
        {"It rained in Leeds.\n\n\"We will\" - said Anna Keller - \"go home\".", "\"We", "Anna Keller", 1000},
        {"It rained in Leeds.\n\nThe alleged \"coup\" was denied by Anna Keller.", "\"coup", NULL, 0},
    };
    check_sure(*state, cases, sizeof cases / sizeof *cases);
}

static void who_in_a_relative_clause_says_what_follows(void **state)
{
    static const sure_case cases[] = {
        {"It rained in Leeds.\n\n\"It was me,\" said Anna Keller, pointing at Peter Brandt, who said: \"It "
         "was not "
         "me.\"",
         "\"It was not", "Peter Brandt", 800},
    };
    check_sure(*state, cases, sizeof cases / sizeof *cases);
}

static void a_role_elsewhere_or_once_is_somebody_else(void **state)
{
    static const sure_case cases[] = {
        {"It rained in Leeds.\n\nPeter Brandt, the mayor of Leeds, spoke. \"It was me,\" said the mayor of "
         "York.",
         "\"It was", NULL, 1000},
        {"Peter Brandt, the mayor of Leeds, spoke.\n\n\"It was me,\" said the former mayor.", "\"It was",
         NULL, 1000},
        {"Peter Brandt, the mayor of Leeds, spoke.\n\n\"It was me,\" said the mayor.", "\"It was",
         "Peter Brandt", 1000},
    };
    check_sure(*state, cases, sizeof cases / sizeof *cases);
}

static void what_is_denied_is_marked(void **state)
{
    world *w = *state;
    static const struct {
        const char *text;
        bool denied;
    } cases[] = {
        {"It rained in Leeds.\n\nPeter Brandt never said \"I will resign\".", true},
        {"It rained in Leeds.\n\nPeter Brandt denied that he had said \"I will resign\".", true},
        {"It rained in Leeds.\n\nPeter Brandt did not say \"I will resign\".", true},
        {"It rained in Leeds.\n\nPeter Brandt did not just say \"I will resign\".", false},
        {"It rained in Leeds.\n\nPeter Brandt said \"I will not resign\".", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_text(w, cases[i].text);
        const dsr_quote *q = quote_of(w, "\"I will");
        expect_person(w, q, "Peter Brandt");
        if (q->denied != cases[i].denied) {
            fail_msg("%s", cases[i].text);
        }
    }
    read_text(w, "Peter Brandt denied that the bridge was closed.");
    assert_true(quote_of(w, "that the bridge")->denied);
}

/* The most confidence of anything told of a text; *count is how much is told. */
static unsigned most_told(world *w, const char *text, size_t *count)
{
    unsigned most = 0;
    read_text(w, text);
    *count = 0;
    for (size_t i = 0; i < w->report.quotes.count; i++) {
        const dsr_quote *q = &w->report.quotes.items[i];
        *count += q->kind == DSR_QUOTE_INDIRECT;
        most = q->kind == DSR_QUOTE_INDIRECT && q->confidence > most ? q->confidence : most;
    }
    return most;
}

static void what_is_no_speech_is_not_told_as_speech(void **state)
{
    world *w = *state;
    static const char *const texts[] = {"The film \"Jaws\" was shown on Monday.", "Q: Did you see it?",
                                        "Update: The bridge has reopened.",
                                        "An engineer asked not to be named."};
    size_t count;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        most_told(w, texts[i], &count);
        if (count > 0) {
            fail_msg("told: %s", texts[i]);
        }
    }
    assert_true(most_told(w, "Anna Keller criticised Peter Brandt on Monday.", &count) < 500);
}

static void a_clause_is_told_to_its_end(void **state)
{
    world *w = *state;
    read_text(
        w,
        "Anna Keller said that the town must withdraw its plan before any talks on the future of Leeds can "
        "begin.");
    const dsr_quote *q = quote_of(w, "that the town");
    expect_text(w, q->span,
                "that the town must withdraw its plan before any talks on the future of Leeds can begin",
                "the clause");
    read_text(w, "The bridge is unsafe, said an engineer, who asked not to be named.");
    expect_text(w, quote_of(w, "The bridge")->speaker, "an engineer, who asked not to be named",
                "the speaker");
}

/* ---- through what, and indirect ---- */

static void the_medium_is_told_near_the_cue(void **state)
{
    world *w = *state;
    static const struct {
        const char *text;
        dsr_medium medium;
    } cases[] = {
        {"\"We will rebuild,\" Anna Keller tweeted.", DSR_MEDIUM_TWEET},
        {"\"We will rebuild,\" Anna Keller said in a tweet.", DSR_MEDIUM_TWEET},
        {"\"We will rebuild,\" Anna Keller said in a statement.", DSR_MEDIUM_STATEMENT},
        {"\"We will rebuild,\" Anna Keller said by phone.", DSR_MEDIUM_PHONE},
        {"\"We will rebuild,\" Anna Keller said in a video.", DSR_MEDIUM_VIDEO},
        {"\"We will rebuild,\" Anna Keller said in an interview.", DSR_MEDIUM_INTERVIEW},
        {"\"We will rebuild,\" Anna Keller wrote in a letter.", DSR_MEDIUM_LETTER},
        {"\"We will rebuild,\" Anna Keller said.", DSR_MEDIUM_UNSAID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_text(w, cases[i].text);
        if (quote_of(w, "\"We")->medium != cases[i].medium) {
            fail_msg("medium %d: %s", (int)quote_of(w, "\"We")->medium, cases[i].text);
        }
    }
}

static void indirect_speech_joins_the_list_in_order(void **state)
{
    world *w = *state;
    read_text(w, "Anna Keller said that the bridge was \"a disgrace\". She added: \"We will rebuild it.\"");
    const dsr_quote *clause = quote_of(w, "that the bridge was"), *words = quote_of(w, "\"a dis");
    assert_int_equal(clause->kind, DSR_QUOTE_INDIRECT);
    expect_person(w, clause, "Anna Keller");
    expect_person(w, words, "Anna Keller");
    for (size_t i = 1; i < w->report.quotes.count; i++) {
        assert_true(w->report.quotes.items[i - 1].span.start <= w->report.quotes.items[i].span.start);
    }
    for (size_t i = 0; i < w->report.quotes.count; i++) {
        const dsr_quote *q = &w->report.quotes.items[i];
        bool told_again =
            q->kind == DSR_QUOTE_INDIRECT && q->span.start >= quote_of(w, "\"We will")->span.start;
        assert_false(told_again); /* words in marks are listed once */
    }
}

/* ---- whatever goes in ---- */

static void odd_marks_do_no_harm(void **state)
{
    world *w = *state;
    static const char *const texts[] = {
        "",
        "\"",
        "\"\"",
        "\" said",
        "said \"",
        "\"\" said \"\" said",
        "\xe2\x80\x9d\xe2\x80\x9c said Anna Keller",
        "Anna Keller said \"",
        "Anna Keller: \"",
        ": \"x\" :",
        "\"We will rebuild the bridge, Anna Keller said.",
        "\"\n\n\"\n\n\" said Anna Keller.",
        "'it's 'the' boys' o' said 'Anna Keller' 'said'",
        "- \"So,\" - \n\n- -\n\n- Anna",
        "said said said \"said\" said said",
        "\"(\" said Anna Keller (",
        "according to \"according to\" according to",
        "\xe2\x80\x98It\xe2\x80\x99s the boys\xe2\x80\x99,\xe2\x80\x99 said Anna",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_text(w, texts[i]);
    }
}

static char *repeat(const char *head, const char *part, size_t times)
{
    size_t length = strlen(part), start = strlen(head);
    char *text = malloc(start + length * times + 1);
    assert_non_null(text);
    memcpy(text, head, start);
    for (size_t i = 0; i < times; i++) {
        memcpy(text + start + i * length, part, length);
    }
    text[start + length * times] = 0;
    return text;
}

static double seconds_for(world *w, const char *head, const char *part, size_t times)
{
    char *text = repeat(head, part, times);
    struct timespec before, behind;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    read_text(w, text);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &behind);
    free(text);
    return (double)(behind.tv_sec - before.tv_sec) + (double)(behind.tv_nsec - before.tv_nsec) * 1e-9;
}

static void time_is_linear(void **state)
{
    world *w = *state;
    static const char *const parts[] = {
        "\"a\" ",
        "\"\"\"\"",
        "\xe2\x80\x9c",
        "\"We go,\" said Ann Smith, \"and he said so.\" ",
        "\"No,\" he said.\n\n",
        "it's the 'boys' o' \xe2\x80\x99 em ",
        "he said that she said that ",
        "he said, 'go on' ",
        "We will go, he said ",
    };
    enum { NESTED = 6 }; /* what stands behind it, stands within words in marks */
    static const char *const heads[] = {"Ann Smith said so. ", "Ann Smith said: \""};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t times = 60000 / strlen(parts[i]);
        double once = seconds_for(w, heads[i > NESTED], parts[i], times);
        double four = seconds_for(w, heads[i > NESTED], parts[i], 4 * times);
        if (four > 10 * once + 0.5) {
            fail_msg("%s: %.3f s, four times as much %.3f s", parts[i], once, four);
        }
    }
}

static void marks_nested_a_thousand_deep(void **state)
{
    world *w = *state;
    char *text = repeat("Ann Smith said \xe2\x80\x9cno ", "\xe2\x80\x9cno \xe2\x80\x98so ", 1000);
    read_text(w, text);
    free(text);
}

/* A report whose annotation fails is left as it was. */
static void no_memory_is_told(void **state)
{
    world *w = *state;
    static const char text[] =
        "Anna Keller said that the bridge was \"a disgrace\". \"We will rebuild,\" she said.";
    for (long allowed = 0; allowed < 4000; allowed++) {
        dsr_arena *arena = dsr_arena_new(0);
        assert_non_null(arena);
        dsr_report report = {.text = DSR_SLICE(text)};
        report.meta.language = DSR_SLICE("en");
        assert_int_equal(dsr_language_find_sentences(arena, w->lexicon, &report), DSR_OK);
        assert_int_equal(dsr_language_find_quotes(arena, w->lexicon, &report), DSR_OK);
        size_t quotes = report.quotes.count;
        calls_left = allowed;
        dsr_status status = dsr_analyst_annotate(w->analyst, w->lexicon, arena, &report);
        calls_left = -1;
        assert_true(status == DSR_OK || status == DSR_ERR_MEMORY);
        if (status != DSR_OK) {
            assert_int_equal(report.quotes.count, quotes);
            assert_int_equal(report.quotes.items[0].confidence, 0);
        }
        dsr_arena_drop(arena);
        if (status == DSR_OK) {
            return;
        }
    }
    fail_msg("it never came through");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_order_of_speaker_verb_and_words),
        cmocka_unit_test(a_pronoun_stands_for_its_person),
        cmocka_unit_test(who_spoke_goes_on),
        cmocka_unit_test(the_parts_of_a_split_quotation_have_one_speaker),
        cmocka_unit_test(two_speakers_stay_two),
        cmocka_unit_test(words_in_marks_that_nobody_says_are_scare),
        cmocka_unit_test(a_heading_takes_its_speaker_from_the_body),
        cmocka_unit_test(a_signature_below_names_the_speaker),
        cmocka_unit_test(quotations_within_quotations_have_their_own_speakers),
        cmocka_unit_test(words_that_are_never_closed_have_their_speaker),
        cmocka_unit_test(the_grammar_finds_who_says_a_few_words),
        cmocka_unit_test(who_in_a_relative_clause_says_what_follows),
        cmocka_unit_test(a_role_elsewhere_or_once_is_somebody_else),
        cmocka_unit_test(what_is_denied_is_marked),
        cmocka_unit_test(whose_turn_it_is_is_not_always_sure),
        cmocka_unit_test(who_is_spoken_to_or_of_is_told_from_who_speaks),
        cmocka_unit_test(what_is_no_speech_is_not_told_as_speech),
        cmocka_unit_test(a_clause_is_told_to_its_end),
        cmocka_unit_test(the_medium_is_told_near_the_cue),
        cmocka_unit_test(indirect_speech_joins_the_list_in_order),
        cmocka_unit_test(odd_marks_do_no_harm),
        cmocka_unit_test(time_is_linear),
        cmocka_unit_test(marks_nested_a_thousand_deep),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
