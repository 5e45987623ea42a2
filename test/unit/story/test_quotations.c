/* Quotations across the reports of a story: what is one, what each report left out, who said it and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "quoted.h"

static test_world *world;

static int open_world(void **state)
{
    int failed = test_world_open(state);
    world = *state;
    return failed;
}

static quoted empty(void)
{
    return (quoted){.world = world};
}

static void make(quoted *q)
{
    memset(&q->story.quotes, 0, sizeof q->story.quotes);
    assert_int_equal(dsr_quotations_make(world->arena, &q->story), DSR_OK);
}

static dsr_slice at(const quoted *q, uint32_t report, dsr_span span)
{
    return dsr_slice_part(q->story.reports.items[report].report->text, span.start, span.end);
}

static void assert_text(dsr_slice got, const char *wanted)
{
    if (!dsr_slice_equal(got, dsr_slice_of(wanted))) {
        print_error("\"%.*s\", not \"%s\"\n", DSR_PRINT(got), wanted);
    }
    assert_true(dsr_slice_equal(got, dsr_slice_of(wanted)));
}

/* ---- what is one quotation ---- */

/* "He denied that he had said ...": told by a report, said by nobody. */
static void what_was_not_said_is_no_saying(void **state)
{
    (void)state;
    quoted q = empty();
    quoted_report(&q, "\"We will sell the harbour to the highest bidder,\" Ana Luz said.");
    quoted_report(&q, "\"We will sell the harbour to the highest bidder,\" Ana Luz said.");
    dsr_report *second = (dsr_report *)(uintptr_t)q.story.reports.items[1].report;
    for (size_t i = 0; i < second->quotes.count; i++) {
        second->quotes.items[i].denied = true;
    }
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    assert_int_equal(q.story.quotes.items[0].variants.count, 1);
    assert_int_equal(q.story.quotes.items[0].variants.items[0].report, 0);
}

static void marks_case_and_letters_do_not_matter(void **state)
{
    (void)state;
    static const char typographic[] = "\xe2\x80\x9cWe don\xe2\x80\x99t see the US Cafe\xcc\x81 "
                                      "re\xe2\x80\x91opening in spring.\xe2\x80\x9d She left.";
    static const char *const texts[] = {
        "\"We don't see the U.S. caf\xc3\xa9 re-opening in Spring,\" Ana Luz said.", typographic,
        "Ana Luz said: \xc2\xabwe don't see the US cafe re opening, in spring!\xc2\xbb"};
    quoted q = empty();
    for (size_t i = 0; i < 3; i++) {
        quoted_report(&q, texts[i]);
    }
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_int_equal(quote->reports, 3);
    assert_int_equal(quote->variants.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(quote->variants.items[i].kind, DSR_VARIANT_SAME);
        assert_int_equal(quote->variants.items[i].left_out.count, 0);
    }
    assert_null(quote->speaker_name.ptr);
    assert_null(quote->why.ptr);
    assert_int_equal(quote->said_day, DSR_NO_DAY);
}

static void what_an_outlet_cuts_is_told(void **state)
{
    (void)state;
    quoted q = empty();
    quoted_report(&q, "\"too early to tell whether the miners are serious about the talks,\" she said.");
    quoted_report(
        &q, "\"It is too early to tell whether the miners are serious about the talks \xe2\x80\x94 we are,\" "
            "she said.");
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_int_equal(quote->variants.items[0].report, 1);
    assert_int_equal(quote->words, 16);
    const dsr_quote_variant *cut = &quote->variants.items[1];
    assert_int_equal(cut->kind, DSR_VARIANT_CUT);
    assert_int_equal(cut->left_out.count, 2);
    assert_text(at(&q, 1, cut->left_out.items[0]), "It is");
    assert_text(at(&q, 1, cut->left_out.items[1]), "we are");
    assert_int_equal(cut->added.count, 0);
}

static void a_denial_left_out_is_no_cut(void **state)
{
    (void)state;
    static const char *const shorter[] = {
        "\"The bridge will be finished by the summer of next year,\" she said.",
        "\"The bridge will not be finished by the summer,\" she said."};
    for (size_t i = 0; i < 2; i++) {
        quoted q = empty();
        quoted_report(&q, "\"The bridge will not be finished by the summer of next year,\" she said.");
        quoted_report(&q, shorter[i]);
        make(&q);
        assert_int_equal(q.story.quotes.count, 1);
        assert_int_equal(q.story.quotes.items[0].variants.items[1].kind,
                         i == 0 ? DSR_VARIANT_CHANGED : DSR_VARIANT_CUT);
    }
}

static void what_an_outlet_changes_is_told(void **state)
{
    (void)state;
    quoted q = empty();
    quoted_report(&q,
                  "\"The harbour will stay shut for three weeks because the crane is broken,\" she said.");
    quoted_report(&q,
                  "\"The port will stay shut for three weeks because the old crane is broken,\" she said.");
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_quote_variant *changed = &q.story.quotes.items[0].variants.items[1];
    assert_int_equal(changed->kind, DSR_VARIANT_CHANGED);
    assert_int_equal(changed->report, 0);
    assert_int_equal(changed->left_out.count, 2);
    assert_text(at(&q, 1, changed->left_out.items[0]), "port");
    assert_text(at(&q, 1, changed->left_out.items[1]), "old");
    assert_int_equal(changed->added.count, 1);
    assert_text(at(&q, 0, changed->added.items[0]), "harbour");
}

static void a_cut_takes_the_words_that_stand_together(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *a =
        quoted_report(&q, "\"In the end it was the greatest bargain of the century,\" Ana Luz said.");
    dsr_report *b = quoted_report(&q, "Ana Luz called it \"the greatest bargain of the century\" and left.");
    quoted_says(&q, a, "per-luz", "Ana Luz", 900);
    quoted_says(&q, b, "per-luz", "Ana Luz", 900);
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_quote_variant *cut = &q.story.quotes.items[0].variants.items[1];
    assert_int_equal(cut->kind, DSR_VARIANT_CUT);
    assert_int_equal(cut->left_out.count, 1);
    assert_text(at(&q, 0, cut->left_out.items[0]), "In the end it was");
}

static void a_headline_and_its_body_are_one(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *report = quoted_report(
        &q, "\"Nobody pays for the bridge twice\"\n\n\"Nobody pays for the bridge twice,\" Ana Luz said.");
    need(DSR_LIST_RESERVE(world->arena, &report->furniture, 1) == DSR_OK);
    report->furniture.items[report->furniture.count++] =
        (dsr_furniture){quoted_span(report, "\"Nobody pays for the bridge twice\""), DSR_FURNITURE_HEADLINE};
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_int_equal(quote->reports, 1);
    assert_int_equal(quote->variants.count, 1);
    assert_true(quote->variants.items[0].span.start > 30); /* the body's */
}

static void parts_of_a_split_quotation_are_one(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *a =
        quoted_report(&q, "\"The bridge is closed,\" Ana Luz said, \"until the last bolt has been "
                          "counted by the county.\"");
    quoted_report(&q, "\"Until the last bolt has been counted by the county,\" the road stays shut.");
    assert_int_equal(a->quotes.count, 2);
    a->quotes.items[1].quotation = a->quotes.items[0].quotation;
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_text(quote->text,
                "\"The bridge is closed,\" \xe2\x80\xa6 \"until the last bolt has been counted by the "
                "county.\"");
    assert_int_equal(quote->variants.items[0].parts.count, 2);
    assert_text(
        at(&q, 0, quote->variants.items[0].span),
        "\"The bridge is closed,\" Ana Luz said, \"until the last bolt has been counted by the county.\"");
    const dsr_quote_variant *cut = &quote->variants.items[1];
    assert_int_equal(cut->kind, DSR_VARIANT_CUT);
    assert_int_equal(cut->left_out.count, 1);
    assert_text(at(&q, 0, cut->left_out.items[0]), "The bridge is closed");
}

static void a_list_of_gaps_does_not_leave_a_part(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *a =
        quoted_report(&q, "\"We will pay for every mile of the road and more,\" she said, \"but not for the "
                          "bridge.\"");
    a->quotes.items[1].quotation = a->quotes.items[0].quotation;
    quoted_report(&q, "\"We will pay for every mile of the road,\" she said.");
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_quote_variant *cut = &q.story.quotes.items[0].variants.items[1];
    assert_int_equal(cut->left_out.count, 2);
    assert_text(at(&q, 0, cut->left_out.items[0]), "and more");
    assert_text(at(&q, 0, cut->left_out.items[1]), "but not for the bridge");
}

static void a_turn_of_phrase_ties_no_two_speeches(void **state)
{
    (void)state;
    quoted q = empty();
    static const char *const texts[] = {"\"The mayor told me on the stairs that we stand by our friends in "
                                        "the north, whatever it costs us,\" she said.",
                                        "\"Nobody in this hall has asked for money and yet we stand by our "
                                        "friends, as every winter,\" she said.",
                                        "She said \"we stand by our friends\" again."};
    for (size_t i = 0; i < 3; i++) {
        quoted_says(&q, quoted_report(&q, texts[i]), "per-luz", "Ana Luz", 900);
    }
    make(&q);
    assert_int_equal(q.story.quotes.count, 2);
}

static void a_few_words_need_their_speaker(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *a = quoted_report(&q, "Ana Luz called the plan \"simply unacceptable\" on Monday.");
    dsr_report *b =
        quoted_report(&q, "\"What the county has put before us is simply unacceptable to us,\" she said.");
    dsr_report *c = quoted_report(&q, "\"The soup was simply unacceptable on that train,\" he said.");
    for (size_t i = 0; i < a->quotes.count; i++) {
        a->quotes.items[i].kind = DSR_QUOTE_PARTIAL;
    }
    quoted_says(&q, a, "per-luz", "Ana Luz", 900);
    quoted_says(&q, b, "per-luz", "Ana Luz", 900);
    quoted_says(&q, c, "per-orm", "Per Orm", 900);
    make(&q);
    assert_int_equal(q.story.quotes.count, 2);
    assert_int_equal(q.story.quotes.items[0].reports, 2);
    assert_text(q.story.quotes.items[0].speaker_name, "Ana Luz");
}

static void scare_quotes_and_speech_of_nobody_are_left_out(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *report =
        quoted_report(&q, "Ana Luz said the old bridge would be gone by June. The road would be shut. "
                          "The so-called \"bridge of sighs\" is green.");
    for (size_t i = 0; i < report->quotes.count; i++) {
        report->quotes.items[i].kind = DSR_QUOTE_SCARE;
    }
    quoted_indirect(&q, report, "the old bridge would be gone by June",
                    quoted_entity(&q, report, "per-luz", "Ana Luz"));
    quoted_indirect(&q, report, "The road would be shut", DSR_NO_ENTITY);
    quoted_indirect(&q, report, "by June", 0);
    quoted_indirect(&q, report, "sighs\" is green", 0);
    report->quotes.items[report->quotes.count - 1].confidence = 399;
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    assert_int_equal(q.story.quotes.items[0].kind, DSR_QUOTE_INDIRECT);
    assert_text(q.story.quotes.items[0].text, "the old bridge would be gone by June");
}

static void indirect_speech_is_not_its_words_in_marks(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *report =
        quoted_report(&q, "Ana Luz said the county had \"broken every promise it ever made\" in May.");
    quoted_says(&q, report, "per-luz", "Ana Luz", 900);
    quoted_indirect(&q, report, "the county had \"broken every promise it ever made\" in May", 0);
    make(&q);
    assert_int_equal(q.story.quotes.count, 2);
    assert_int_equal(q.story.quotes.items[0].kind, DSR_QUOTE_INDIRECT);
}

/* ---- who said it ---- */

static const char shared[] =
    "\"Every lamp in this harbour will burn again before the winter comes,\" she said.";

static void a_report_without_a_speaker_takes_it_over(void **state)
{
    (void)state;
    quoted q = empty();
    quoted_report(&q, shared);
    quoted_says(&q, quoted_report(&q, shared), "per-luz", "Ana Luz", 800);
    quoted_says(&q, quoted_report(&q, shared), "per-luzz", "Anna Luz", 900);
    quoted_says(&q, quoted_report(&q, shared), "per-orm", "Per Orm", 300);
    quoted_cast(&q, "Per Orm", "per-orm", NULL);
    quoted_cast(&q, "Ana Luz", "per-luz", "per-luzz");
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_int_equal(quote->speaker, 1);
    assert_text(quote->speaker_name, "Ana Luz");
    assert_text(quote->speaker_entity, "per-luz");
    assert_int_equal(quote->confidence, 900);
    assert_text(quote->why, "2 of 4 reports say so");
    assert_true(quote->variants.items[0].taken_over);
    assert_false(quote->variants.items[1].taken_over);
    assert_false(quote->variants.items[2].taken_over);
    assert_true(quote->variants.items[3].taken_over);
    assert_text(quote->variants.items[3].speaker, "Per Orm");
}

static void who_is_sure_of_another_is_heard(void **state)
{
    (void)state;
    quoted q = empty();
    quoted_says(&q, quoted_report(&q, shared), "per-luz", "Ana Luz", 800);
    quoted_says(&q, quoted_report(&q, shared), "per-orm", "Per Orm", 900);
    quoted_says(&q, quoted_report(&q, shared), "per-luz", "Ana Luz", 800);
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_text(quote->speaker_name, "Ana Luz");
    assert_text(quote->why, "2 of 3 reports say so, 1 otherwise");
    assert_false(quote->variants.items[1].taken_over);
    assert_true(quote->variants.items[1].otherwise);
    assert_int_equal(quote->speaker, DSR_NO_ENTITY); /* no cast */
    assert_int_equal(quote->confidence, 800 * (2 * 801) / (2 * 801 + 901));
}

/* Two reports have a few words by one, the third has more of them, and a medium, by another. */
static void what_stands_for_all_is_by_the_speaker_of_all(void **state)
{
    (void)state;
    quoted q = empty();
    static const char few[] = "\"Every lamp in this harbour will burn again,\" she said.";
    quoted_says(&q, quoted_report(&q, few), "per-luz", "Ana Luz", 800);
    dsr_report *longer = quoted_report(&q, shared);
    quoted_says(&q, longer, "per-orm", "Per Orm", 900);
    longer->quotes.items[0].medium = DSR_MEDIUM_SPEECH;
    longer->quotes.items[0].audience = quoted_span(longer, "the winter");
    quoted_says(&q, quoted_report(&q, few), "per-luz", "Ana Luz", 800);
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_text(quote->speaker_name, "Ana Luz");
    assert_text(quote->text, "\"Every lamp in this harbour will burn again,\"");
    assert_int_equal(quote->variants.count, 3);
    assert_false(quote->variants.items[0].otherwise);
    assert_int_equal(quote->medium, DSR_MEDIUM_UNSAID);
    assert_int_equal(quote->audience.len, 0);
    assert_true(quote->variants.items[1].otherwise);
    assert_int_equal(quote->variants.items[1].kind, DSR_VARIANT_CHANGED);
}

static void words_that_anybody_might_begin_with_are_no_quotation(void **state)
{
    (void)state;
    quoted q = empty();
    quoted_report(&q, "\"There's a lot of anger here,\" she said.");
    quoted_report(
        &q, "\"The police have a hard time because there's a lot of noise in the old town,\" she said.");
    quoted_report(&q, "\"There's a lot of anger here,\" she said.");
    make(&q);
    assert_int_equal(q.story.quotes.count, 2);
    q = empty();
    quoted_report(&q, "\"We shall mend the old crane in May,\" she said.");
    quoted_report(&q, "\"We shall mend the new crane in May,\" she said."); /* one word of eight is another */
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
}

static void one_speaker_and_a_row_of_words_are_enough(void **state)
{
    (void)state;
    static const char *const texts[] = {"\"Tonight was a peaceful march that ended in a riot,\" she said.",
                                        "\"peaceful march that ended in a riot. Nobody here has any work to "
                                        "go to in the morning,\" she said."};
    for (int agreed = 0; agreed < 2; agreed++) {
        quoted q = empty();
        for (size_t i = 0; i < 2; i++) {
            dsr_report *report = quoted_report(&q, texts[i]);
            if (agreed) {
                quoted_says(&q, report, "per-luz", "Ana Luz", 900);
            }
        }
        make(&q);
        assert_int_equal(q.story.quotes.count, agreed ? 1 : 2);
    }
}

static void the_same_words_of_two_people_are_one(void **state)
{
    (void)state;
    quoted q = empty();
    static const char told[] = "\"The man is an emotional wreck,\" came the answer.";
    quoted_says(&q, quoted_report(&q, told), "per-luz", "Ana Luz", 800);
    quoted_says(&q, quoted_report(&q, told), "per-orm", "Per Orm", 900);
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    assert_text(q.story.quotes.items[0].speaker_name, "Per Orm");
}

static void a_shorter_name_and_a_description_are_nobody_else(void **state)
{
    (void)state;
    quoted q = empty();
    quoted_says(&q, quoted_report(&q, shared), "per-jdluz", "Jo D. Luz", 900);
    quoted_says(&q, quoted_report(&q, shared), "per-luz", "Luz", 800);
    quoted_says(&q, quoted_report(&q, shared), "per-rluz", "Ro Luz", 850);
    dsr_report *report = quoted_report(&q, shared);
    report->quotes.items[0].speaker = quoted_span(report, "this harbour");
    report->quotes.items[0].confidence = 900;
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_text(quote->speaker_name, "Jo D. Luz");
    assert_text(quote->why, "1 of 4 reports says so, 1 otherwise");
    assert_false(quote->variants.items[1].otherwise);
    assert_true(quote->variants.items[2].otherwise);
    assert_false(quote->variants.items[3].otherwise);
    assert_false(quote->variants.items[3].named);
}

static void two_people_say_a_few_words_each(void **state)
{
    (void)state;
    quoted q = empty();
    static const char few[] = "\"This is a great day,\" came the answer.";
    quoted_says(&q, quoted_report(&q, few), "per-luz", "Ana Luz", 800);
    quoted_says(&q, quoted_report(&q, few), "per-orm", "Per Orm", 900);
    make(&q);
    assert_int_equal(q.story.quotes.count, 2);
}

static void a_name_counts_more_than_a_spokesman(void **state)
{
    (void)state;
    quoted q = empty();
    static const char told[] =
        "\"Every lamp in this harbour will burn again before winter,\" a spokesman said.";
    for (int i = 0; i < 2; i++) {
        dsr_report *report = quoted_report(&q, told);
        report->quotes.items[0].speaker = quoted_span(report, i == 0 ? "a spokesman" : "spokesman");
        report->quotes.items[0].confidence = 450;
    }
    make(&q);
    assert_text(q.story.quotes.items[0].speaker_name, "a spokesman");
    assert_text(q.story.quotes.items[0].why, "2 of 2 reports say so");
    assert_null(q.story.quotes.items[0].speaker_entity.ptr);
    quoted_says(&q, quoted_report(&q, told), "per-luz", "Ana Luz", 600);
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    assert_text(q.story.quotes.items[0].speaker_name, "Ana Luz");
}

static void a_pronoun_alone_is_nobody(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *report = quoted_report(&q, shared);
    report->quotes.items[0].speaker = quoted_span(report, "she");
    make(&q);
    assert_null(q.story.quotes.items[0].speaker_name.ptr);
}

static void two_people_of_one_id_stay_two(void **state)
{
    (void)state;
    quoted q = empty();
    quoted_says(&q, quoted_report(&q, shared), "per-luz", "Ana Luz", 800);
    for (uint32_t i = 0; i < 2; i++) {
        dsr_cast_entry *entry =
            quoted_cast(&q, i == 0 ? "Ana Luz the elder" : "Ana Luz the younger", "per-luz", NULL);
        need(DSR_LIST_RESERVE(world->arena, &entry->variants, 1) == DSR_OK);
        entry->variants.items[entry->variants.count++] = (dsr_cast_variant){.text = DSR_SLICE("Ana Luz")};
        need(DSR_LIST_RESERVE(world->arena, &entry->variants.items[0].reports, 1) == DSR_OK);
        entry->variants.items[0].reports.items[entry->variants.items[0].reports.count++] = 1 - i;
    }
    make(&q);
    assert_text(q.story.quotes.items[0].speaker_name, "Ana Luz the younger");
}

/* ---- when, how, to whom ---- */

static void the_day_is_that_of_the_verb_of_speech(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *a =
        quoted_report(&q, "\"We leave Friday with every boat we have got,\" Ana Luz told sailors on Tuesday, "
                          "before Monday's talks. It was cold on Sunday.");
    a->quotes.items[0].cue = quoted_span(a, "told");
    a->quotes.items[0].audience = quoted_span(a, "sailors");
    a->quotes.items[0].medium = DSR_MEDIUM_SPEECH;
    quoted_time(&q, a, "Friday", "2022-01-14", 19006);
    quoted_time(&q, a, "Tuesday", "2022-01-11", 19003);
    quoted_time(&q, a, "Monday", "2022-01-10", 19002);
    quoted_time(&q, a, "Sunday", "2022-01-09", 19001);
    dsr_report *b = quoted_report(&q, "\"We leave Friday with every boat we have got,\" Ana Luz said.");
    b->quotes.items[0].cue = quoted_span(b, "said");
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    const dsr_story_quote *quote = &q.story.quotes.items[0];
    assert_text(quote->said_on, "2022-01-11");
    assert_int_equal(quote->said_day, 19003);
    assert_text(quote->audience, "sailors");
    assert_int_equal(quote->medium, DSR_MEDIUM_SPEECH);
}

static void a_day_of_something_else_is_no_day(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *a =
        quoted_report(&q, "\"We leave with every boat we have got,\" said Ana Luz of Tuesday's race.");
    a->quotes.items[0].cue = quoted_span(a, "said");
    quoted_time(&q, a, "Tuesday", "2022-01-11", 19003);
    make(&q);
    assert_null(q.story.quotes.items[0].said_on.ptr);
}

static void a_year_tells_only_right_beside_the_verb(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said_on;
        dsr_said_how how;
    } cases[] = {
        {"\"We leave with every boat we have got,\" Ana Luz said in 2013.", "2013", DSR_SAID_VERB},
        {"\"We leave with every boat we have got,\" said Ana Luz, elected in 2013.", NULL, DSR_SAID_VERB},
        {"\"We leave with every boat we have got,\" said Ana Luz in 2013.", NULL, DSR_SAID_GOES_ON},
        {"\"We leave with every boat we have got,\" the old Ana Luz in 2013 said.", NULL, DSR_SAID_NEAR}};
    for (size_t i = 0; i < 4; i++) {
        quoted q = empty();
        dsr_report *report = quoted_report(&q, cases[i].text);
        report->quotes.items[0].cue = quoted_span(report, "said");
        report->quotes.items[0].speaker = quoted_span(report, "Ana Luz");
        report->quotes.items[0].how = cases[i].how;
        quoted_time(&q, report, "2013", "2013", 15706);
        make(&q);
        assert_true(dsr_slice_equal(q.story.quotes.items[0].said_on, dsr_slice_of(cases[i].said_on)));
    }
}

static void quotations_stand_by_speaker_and_day(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *a =
        quoted_report(&q, "\"The second boat left the harbour of Orvane late,\" Ana Luz said on Tuesday. "
                          "\"Nobody saw the lights of the first one go,\" Per Orm said on Monday.");
    dsr_report *b =
        quoted_report(&q, "\"The first boat had always been a wreck to us,\" Ana Luz said on Monday. \"Who "
                          "knows where the money went after that?\" asked the paper.");
    quoted_says(&q, a, "per-luz", "Ana Luz", 900);
    a->quotes.items[1].entity = quoted_entity(&q, a, "per-orm", "Per Orm");
    quoted_says(&q, b, "per-luz", "Ana Luz", 900);
    b->quotes.items[1].entity = DSR_NO_ENTITY;
    a->quotes.items[0].cue = quoted_span(a, "said on Tuesday");
    a->quotes.items[0].cue.end -= (uint32_t)strlen(" on Tuesday");
    b->quotes.items[0].cue = quoted_span(b, "said");
    quoted_time(&q, a, "Tuesday", "2022-01-11", 19003);
    quoted_time(&q, b, "Monday", "2022-01-10", 19002);
    make(&q);
    assert_int_equal(q.story.quotes.count, 4);
    static const char *const wanted[] = {"\"The first", "\"The second", "\"Nobody", "\"Who"};
    for (size_t i = 0; i < 4; i++) {
        assert_true(dsr_slice_starts(q.story.quotes.items[i].text, dsr_slice_of(wanted[i])));
    }
}

/* ---- whatever comes ---- */

static void the_order_of_reports_does_not_matter(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\"The harbour will stay shut for three weeks because the crane is broken,\" she said.",
        "\"three weeks because the crane is broken,\" she said.",
        "\"The harbour will stay shut for three weeks,\" she said.",
        "\"The harbour will stay closed for three weeks because the crane is broken, alas,\" she said.",
        "\"We will count the fish on Monday and be done,\" she said."};
    static const size_t orders[][5] = {{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}, {1, 2, 3, 4, 0}};
    for (size_t i = 0; i < 4; i++) {
        quoted q = empty();
        for (size_t j = 0; j < 5; j++) {
            quoted_report(&q, texts[orders[i][j]]);
        }
        make(&q);
        assert_int_equal(q.story.quotes.count, 2);
        size_t larger = q.story.quotes.items[0].reports == 4 ? 0 : 1;
        assert_int_equal(q.story.quotes.items[larger].reports, 4);
        assert_int_equal(q.story.quotes.items[larger].words, 14);
        assert_int_equal(q.story.quotes.items[1 - larger].reports, 1);
    }
}

static void empty_marks_and_odd_letters_are_survived(void **state)
{
    (void)state;
    quoted q = empty();
    dsr_report *odd =
        quoted_report(&q, "He said \"!\" and \"\xe2\x80\xa6\" and \"\" and '' and \"'''\" and \"U.\" and "
                          "\"\xc2\xad\" too.");
    for (size_t i = 0; i < odd->quotes.count; i++) {
        odd->quotes.items[i].kind = DSR_QUOTE_DIRECT;
    }
    quoted_report(&q, "He said \"\xe6\x88\x91\xe4\xbb\xac\xe8\xa6\x81\xe6\x92\xa4\xe9\x80\x80\" again.");
    quoted_report(
        &q, "He said \xe2\x80\x9c\xe6\x88\x91\xe4\xbb\xac\xe8\xa6\x81\xe6\x92\xa4\xe9\x80\x80\xe2\x80\x9d "
            "again.");
    quoted_report(&q, "");
    make(&q);
    size_t two = 0;
    for (size_t i = 0; i < q.story.quotes.count; i++) {
        two += q.story.quotes.items[i].reports == 2;
        assert_true(q.story.quotes.items[i].words > 0);
    }
    assert_int_equal(two, 1);
}

static char *repeat(const char *piece, size_t times)
{
    size_t length = strlen(piece);
    char *text = dsr_arena_alloc(world->arena, length * times + 1);
    need(text != NULL);
    for (size_t i = 0; i < times; i++) {
        memcpy(text + i * length, piece, length);
    }
    return text;
}

/* Each of these takes minutes where something is quadratic. */
static void many_equal_quotations_stay_cheap(void **state)
{
    (void)state;
    quoted q = empty();
    for (size_t i = 0; i < 40; i++) {
        quoted_report(&q, repeat("\"Every lamp in this harbour will burn again.\" ", 500));
    }
    make(&q);
    assert_int_equal(q.story.quotes.count, 1);
    assert_int_equal(q.story.quotes.items[0].variants.count, 40);
    quoted r = empty();
    char *long_one = repeat("we go and we go and we ", 800);
    for (size_t i = 0; i < 20; i++) {
        dsr_slice text;
        need(dsr_arena_format(world->arena, &text, "\"%s %zu.\" she said. \"We go and we go number %zu.\"",
                              long_one, i, i) == DSR_OK);
        quoted_report(&r, text.ptr);
    }
    make(&r);
    assert_true(r.story.quotes.count > 0);
    quoted s = empty();
    quoted_report(&s, repeat("\"we go\" \"and we go\" \"we and go we\" ", 20000));
    make(&s);
    assert_true(s.story.quotes.count > 0);
}

static void long_versions_are_compared_within_a_limit(void **state)
{
    (void)state;
    quoted q = empty();
    /* 510 and 512 words: 511 times 513 cells are within the limit; 600 by 600 are not. */
    for (size_t words = 510; words <= 600; words += 90) {
        q = empty();
        for (int i = 0; i < 2; i++) {
            dsr_buffer text;
            dsr_buffer_open(&text, 0);
            dsr_buffer_append_char(&text, '"');
            for (size_t j = 0; j < words; j++) {
                dsr_buffer_append_format(&text, "w%zu ", j == 100 ? 5000 + (size_t)i : j);
            }
            dsr_buffer_append(&text, dsr_slice_of(i == 1 ? "more words\" " : "\" "));
            dsr_slice kept;
            need(dsr_arena_copy(world->arena, dsr_buffer_slice(&text), &kept) == DSR_OK);
            quoted_report(&q, kept.ptr);
            dsr_buffer_drop(&text);
        }
        make(&q);
        assert_int_equal(q.story.quotes.count, 1);
        const dsr_quote_variant *changed = &q.story.quotes.items[0].variants.items[1];
        assert_int_equal(changed->kind, DSR_VARIANT_CHANGED);
        assert_int_equal(changed->left_out.count, words == 510 ? 2 : 0);
        assert_int_equal(changed->added.count, words == 510 ? 1 : 0);
    }
}

/* Words "w<from> ... w<to - 1>" in marks. */
static void append_words(dsr_buffer *to, size_t from, size_t end)
{
    dsr_buffer_append(to, DSR_SLICE("She said \""));
    for (size_t i = from; i < end; i++) {
        dsr_buffer_append_format(to, "%zx ", i);
    }
    dsr_buffer_append(to, DSR_SLICE("x.\" "));
}

static void add_buffer(quoted *q, dsr_buffer *text)
{
    dsr_slice kept;
    need(dsr_arena_copy(world->arena, dsr_buffer_slice(text), &kept) == DSR_OK);
    quoted_report(q, kept.ptr);
    dsr_buffer_drop(text);
}

static void only_so_many_words_are_compared(void **state)
{
    (void)state;
    for (size_t words = DSR_LIMIT_QUOTE_WORDS - 1; words <= DSR_LIMIT_QUOTE_WORDS + 1; words++) {
        quoted q = empty();
        dsr_buffer text;
        dsr_buffer_open(&text, 0);
        append_words(&text, 0, words - 1);
        add_buffer(&q, &text);
        make(&q);
        assert_int_equal(q.story.quotes.count, 1);
        size_t compared = words < DSR_LIMIT_QUOTE_WORDS ? words : DSR_LIMIT_QUOTE_WORDS;
        assert_int_equal(q.story.quotes.items[0].words, compared);
        assert_true(dsr_slice_ends(q.story.quotes.items[0].text, DSR_SLICE(" x.\"")));
    }
}

static void only_so_many_pieces_of_one_report_are_shown(void **state)
{
    (void)state;
    for (size_t pieces = DSR_LIMIT_QUOTE_REPEATS; pieces <= DSR_LIMIT_QUOTE_REPEATS + 2; pieces += 2) {
        quoted q = empty();
        dsr_buffer text;
        dsr_buffer_open(&text, 0);
        append_words(&text, 1000, 1400);
        add_buffer(&q, &text);
        dsr_buffer_open(&text, 0);
        for (size_t i = 0; i < pieces; i++) {
            append_words(&text, 1000 + 20 * i, 1012 + 20 * i);
        }
        add_buffer(&q, &text);
        make(&q);
        assert_int_equal(q.story.quotes.count, 1);
        assert_int_equal(q.story.quotes.items[0].reports, 2);
        assert_int_equal(q.story.quotes.items[0].variants.count, 1 + DSR_LIMIT_QUOTE_REPEATS);
    }
}

static void a_story_without_quotations_has_none(void **state)
{
    (void)state;
    quoted q = empty();
    make(&q);
    quoted_report(&q, "Nothing was said.");
    make(&q);
    assert_int_equal(q.story.quotes.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_said_is_no_saying),
        cmocka_unit_test(marks_case_and_letters_do_not_matter),
        cmocka_unit_test(what_an_outlet_cuts_is_told),
        cmocka_unit_test(a_denial_left_out_is_no_cut),
        cmocka_unit_test(what_an_outlet_changes_is_told),
        cmocka_unit_test(a_cut_takes_the_words_that_stand_together),
        cmocka_unit_test(a_headline_and_its_body_are_one),
        cmocka_unit_test(parts_of_a_split_quotation_are_one),
        cmocka_unit_test(a_list_of_gaps_does_not_leave_a_part),
        cmocka_unit_test(a_turn_of_phrase_ties_no_two_speeches),
        cmocka_unit_test(a_few_words_need_their_speaker),
        cmocka_unit_test(scare_quotes_and_speech_of_nobody_are_left_out),
        cmocka_unit_test(indirect_speech_is_not_its_words_in_marks),
        cmocka_unit_test(a_report_without_a_speaker_takes_it_over),
        cmocka_unit_test(who_is_sure_of_another_is_heard),
        cmocka_unit_test(what_stands_for_all_is_by_the_speaker_of_all),
        cmocka_unit_test(words_that_anybody_might_begin_with_are_no_quotation),
        cmocka_unit_test(a_shorter_name_and_a_description_are_nobody_else),
        cmocka_unit_test(one_speaker_and_a_row_of_words_are_enough),
        cmocka_unit_test(the_same_words_of_two_people_are_one),
        cmocka_unit_test(two_people_say_a_few_words_each),
        cmocka_unit_test(a_name_counts_more_than_a_spokesman),
        cmocka_unit_test(a_pronoun_alone_is_nobody),
        cmocka_unit_test(two_people_of_one_id_stay_two),
        cmocka_unit_test(the_day_is_that_of_the_verb_of_speech),
        cmocka_unit_test(a_day_of_something_else_is_no_day),
        cmocka_unit_test(a_year_tells_only_right_beside_the_verb),
        cmocka_unit_test(quotations_stand_by_speaker_and_day),
        cmocka_unit_test(the_order_of_reports_does_not_matter),
        cmocka_unit_test(empty_marks_and_odd_letters_are_survived),
        cmocka_unit_test(many_equal_quotations_stay_cheap),
        cmocka_unit_test(long_versions_are_compared_within_a_limit),
        cmocka_unit_test(only_so_many_words_are_compared),
        cmocka_unit_test(only_so_many_pieces_of_one_report_are_shown),
        cmocka_unit_test(a_story_without_quotations_has_none),
    };
    return cmocka_run_group_tests(tests, open_world, test_world_close);
}
