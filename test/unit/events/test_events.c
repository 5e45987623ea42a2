/* Events and positions with the models, tables and rules as they ship: what is clear must come out exactly,
 * what is no event must not come out at all; whatever goes in, the record is sound and the time is linear. */
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

/* Words that make the language known and tell nothing. */
static const char TAIL[] =
    " It was not clear what would come of it in the days that followed, and there was no more to be said.";

typedef struct world {
    dsr_lexicon *lexicon;
    dsr_analyst *analyst;
    dsr_arena *arena;
    dsr_report report;
    char text[2048];
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
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, &w->report), DSR_OK);
    assert_int_equal(dsr_language_find_quotes(w->arena, w->lexicon, &w->report), DSR_OK);
    return dsr_analyst_annotate(w->analyst, w->lexicon, w->arena, &w->report);
}

static void read_text(world *w, const char *text)
{
    int length = snprintf(w->text, sizeof w->text, "%s%s", text, TAIL);
    assert_true(length > 0 && (size_t)length < sizeof w->text);
    assert_int_equal(annotate(w, dsr_slice_of(w->text)), DSR_OK);
    const char *what = "";
    if (!dsr_report_is_sound(&w->report, &what)) {
        fail_msg("%s: %.200s", what, text);
    }
}

static bool has_actor(const world *w, const dsr_actors *actors, const char *name)
{
    for (size_t i = 0; i < actors->count; i++) {
        if (dsr_slice_equal(dsr_report_actor_name(&w->report, &actors->items[i]), dsr_slice_of(name))) {
            return true;
        }
    }
    return false;
}

/* The event by its type; fails where there is none. */
static const dsr_event *event_of(const world *w, dsr_event_type type)
{
    for (size_t i = 0; i < w->report.events.count; i++) {
        if (w->report.events.items[i].type == type) {
            return &w->report.events.items[i];
        }
    }
    fail_msg("no %s in: %.200s (%zu events)", dsr_event_type_name(type), w->text, w->report.events.count);
    static const dsr_event none;
    return &none;
}

static void assert_event(world *w, const char *text, dsr_event_type type, const char *source,
                         const char *target)
{
    read_text(w, text);
    const dsr_event *event = event_of(w, type);
    if (!has_actor(w, &event->sources, source)) {
        fail_msg("%s is no source in: %s", source, text);
    }
    if (target != NULL && !has_actor(w, &event->targets, target)) {
        fail_msg("%s is no target in: %s", target, text);
    }
    assert_true(event->rule.len > 0);
}

static void types(void **state)
{
    world *w = *state;
    assert_event(w, "Norway demanded that Iceland withdraw its patrol ships.", DSR_EVENT_REQUEST, "Norway",
                 "Iceland");
    assert_event(w, "Chile rejected a Bolivian proposal to open the port.", DSR_EVENT_REJECT, "Chile",
                 "Bolivia");
    assert_event(w, "Peru threatened to close its border with Ecuador.", DSR_EVENT_THREATEN, "Peru",
                 "Ecuador");
    assert_event(w, "Ghana and Togo agreed to reopen the bridge.", DSR_EVENT_AGREE, "Ghana", NULL);
    assert_event(w, "The Finnish foreign minister met his Estonian counterpart in Turku.", DSR_EVENT_CONSULT,
                 "Finland", "Estonia");
    assert_event(w, "Sweden sent medical supplies to Lebanon.", DSR_EVENT_AID, "Sweden", "Lebanon");
    assert_event(w, "Kenya accused Uganda of arming the rebels.", DSR_EVENT_ACCUSE, "Kenya", "Uganda");
    assert_event(w, "Poland expelled four Belarusian diplomats.", DSR_EVENT_SANCTION, "Poland", "Belarus");
    assert_event(w, "Egyptian police arrested forty students in Cairo.", DSR_EVENT_COERCE, "Egypt", NULL);
    assert_event(w, "Ethiopian troops invaded Somalia.", DSR_EVENT_ASSAULT, "Ethiopia", "Somalia");
    assert_event(w, "Pakistan massed troops along its border with India.", DSR_EVENT_MOBILIZE, "Pakistan",
                 NULL);
    assert_event(w, "Israel released 400 Palestinian prisoners on Sunday.", DSR_EVENT_RETREAT, "Israel",
                 "Palestine");
    assert_event(w, "Algeria lifted the state of emergency.", DSR_EVENT_CONCEDE, "Algeria", NULL);
    assert_event(w, "Hundreds of Kurds demonstrated outside the Turkish embassy in Berlin.",
                 DSR_EVENT_PROTEST, "Kurdistan Region", NULL);
    assert_event(w, "Japan apologized to South Korea for its colonial rule.", DSR_EVENT_SUPPORT, "Japan",
                 "South Korea");
}

static void passives_lists_and_nouns(void **state)
{
    world *w = *state;
    assert_event(w, "Kenyan herders were attacked by Somali militiamen near the wells.", DSR_EVENT_ASSAULT,
                 "Somalia", "Kenya");
    read_text(w,
              "Envoys from Oslo and Reykjavik held talks on Monday, officials of Norway and Iceland said.");
    const dsr_event *talks = event_of(w, DSR_EVENT_CONSULT);
    assert_int_equal(talks->sources.count, 2); /* one event with both, not a row each */
    read_text(w, "The Swiss and Austrian delegates offered to meet again in May.");
    assert_int_equal(event_of(w, DSR_EVENT_AGREE)->sources.count, 2);
    assert_event(w, "The deal came after Russia's invasion of Georgia.", DSR_EVENT_ASSAULT, "Russia",
                 "Georgia");
    assert_event(w, "Fighting broke out between Sudanese troops and Chadian rebels.", DSR_EVENT_ASSAULT,
                 "Sudan", NULL);
    assert_event(w, "Zambia had talks with Malawi on the price of maize for the border towns.",
                 DSR_EVENT_CONSULT, "Zambia", "Malawi");
}

static void how_real_it_is(void **state)
{
    world *w = *state;
    read_text(w, "The Zambian president will visit Angola in the spring, diplomats said.");
    const dsr_event *event = event_of(w, DSR_EVENT_AGREE);
    assert_int_equal(event->realis, DSR_REALIS_FUTURE);
    read_text(w, "Iceland denied that its coast guard fired shots at a Norwegian trawler.");
    assert_int_equal(event_of(w, DSR_EVENT_ASSAULT)->realis, DSR_REALIS_DENIED);
    read_text(w, "Israel will not return the land to Syria, its prime minister said on Monday.");
    (void)event_of(w, DSR_EVENT_REJECT);
    read_text(w, "Iraq said it would attack American ships in the Gulf.");
    (void)event_of(w, DSR_EVENT_THREATEN);
    read_text(w, "Peru would help Chile if Chile attacked Bolivia.");
    for (size_t i = 0; i < w->report.events.count; i++) {
        assert_int_not_equal(w->report.events.items[i].type, DSR_EVENT_ASSAULT); /* a condition */
        assert_int_not_equal(w->report.events.items[i].realis, DSR_REALIS_ACTUAL);
    }
}

static void who_says_so_is_kept_apart(void **state)
{
    world *w = *state;
    read_text(w, "Estonia said that Russian warships had entered its waters and attacked a ferry.");
    const dsr_event *event = event_of(w, DSR_EVENT_ASSAULT);
    assert_false(has_actor(w, &event->sources, "Estonia"));
    dsr_actors teller = {.items = (dsr_actor[1]){event->told_by}, .count = 1, .capacity = 1};
    assert_true(has_actor(w, &teller, "Estonia"));
    read_text(w, "Norway said that it had expelled two Chinese diplomats.");
    event = event_of(w, DSR_EVENT_SANCTION);
    assert_int_equal(event->told_by.entity, DSR_NO_ENTITY); /* nobody else says so */
    read_text(w, "Malta must hand over the two sailors, an Italian minister said.");
    event = event_of(w, DSR_EVENT_REQUEST);
    assert_true(has_actor(w, &event->sources, "Italy"));
    assert_true(has_actor(w, &event->targets, "Malta"));
}

/* What looks like an event and is none. */
static void no_rule_no_event(void **state)
{
    world *w = *state;
    static const char *const none[] = {
        "France is a country in Europe, and Germany lies to the east of it.",
        "The chef attacked the problem of the soup with great force.",
        "Rain fell on the hills of Wales.",
        "The striker met the cross and scored the goal that won the match for the home team in the league.",
        "Profits at the company fell as shares met resistance and investors rejected the offer.",
        "The minister is the son of a farmer.",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        read_text(w, none[i]);
        if (w->report.events.count > 0) {
            fail_msg("%.*s in: %s", DSR_PRINT(w->report.events.items[0].rule), none[i]);
        }
    }
    read_text(w, "Spain offered no proof of it.");
    for (size_t i = 0; i < w->report.events.count; i++) {
        assert_int_not_equal(w->report.events.items[i].type, DSR_EVENT_AID);
    }
    for (size_t i = 0; i < w->report.positions.count; i++) {
        assert_int_not_equal(w->report.positions.items[i].stance, DSR_STANCE_OFFER);
    }
}

static const dsr_position *position_of(const world *w, dsr_stance stance)
{
    for (size_t i = 0; i < w->report.positions.count; i++) {
        if (w->report.positions.items[i].stance == stance) {
            return &w->report.positions.items[i];
        }
    }
    fail_msg("no %s in: %.200s", dsr_stance_name(stance), w->text);
    static const dsr_position none;
    return &none;
}

static void assert_party(const world *w, const dsr_position *position, const char *name)
{
    dsr_slice party = dsr_report_actor_name(&w->report, &position->party);
    if (!dsr_slice_equal(party, dsr_slice_of(name))) {
        fail_msg("%.*s for %s in: %.200s", DSR_PRINT(party), name, w->text);
    }
}

static void a_demand_inside_a_refusal_is_two(void **state)
{
    world *w = *state;
    read_text(w, "Norway rejects Iceland's demand to pull back its ships.");
    const dsr_position *reject = position_of(w, DSR_STANCE_REJECT),
                       *demand = position_of(w, DSR_STANCE_DEMAND);
    assert_party(w, reject, "Norway");
    assert_party(w, demand, "Iceland");
    assert_int_equal(reject->answers.start, demand->span.start);
    assert_int_equal(reject->answers.end, demand->span.end);
    assert_true(demand->span.start > reject->span.start);
    /* Nobody's by its words: of the one who demands elsewhere. */
    read_text(w, "Iceland demanded an end to the patrols. Norway rejected the demand to end them.");
    size_t demands = 0;
    for (size_t i = 0; i < w->report.positions.count; i++) {
        if (w->report.positions.items[i].stance == DSR_STANCE_DEMAND) {
            assert_party(w, &w->report.positions.items[i], "Iceland");
            demands++;
        }
    }
    assert_int_equal(demands, 2);
}

static void whose_words_they_are(void **state)
{
    world *w = *state;
    read_text(
        w,
        "\"We will not accept threats from anyone,\" Norwegian Foreign Minister Ragna Tveit told reporters.");
    const dsr_position *reject = position_of(w, DSR_STANCE_REJECT);
    assert_party(w, reject, "Norway");
    assert_true(reject->speaker.entity != DSR_NO_ENTITY);
    assert_true(dsr_slice_equal(w->report.entities.items[reject->speaker.entity].canonical,
                                DSR_SLICE("Ragna Tveit")));
    /* The threat is Peru's, whoever tells of it. */
    read_text(w, "Ecuador said that Peru had threatened to close the border.");
    assert_party(w, position_of(w, DSR_STANCE_THREAT), "Peru");
    read_text(w, "Iceland denied any plan to close the port, and voiced concern over the patrols of Norway.");
    assert_party(w, position_of(w, DSR_STANCE_DENY), "Iceland");
    assert_party(w, position_of(w, DSR_STANCE_CONCERN), "Iceland");
}

static void issues_have_one_name(void **state)
{
    world *w = *state;
    read_text(w, "Chile demanded a ceasefire. Peru rejected a truce.");
    assert_true(dsr_slice_equal(position_of(w, DSR_STANCE_DEMAND)->issue, DSR_SLICE("Ceasefire")));
    assert_true(dsr_slice_equal(position_of(w, DSR_STANCE_REJECT)->issue, DSR_SLICE("Ceasefire")));
    read_text(w, "Norway threatened sanctions against Iceland.");
    assert_true(dsr_slice_equal(position_of(w, DSR_STANCE_THREAT)->issue, DSR_SLICE("Sanctions on Iceland")));
    read_text(w, "Ghana demanded the return of its golden stools from Britain.");
    assert_true(position_of(w, DSR_STANCE_DEMAND)->issue.len > 0); /* its own words */
}

static void times_and_history(void **state)
{
    world *w = *state;
    read_text(w, "In 1998, Eritrea accused Ethiopia of breaking the agreement that both had signed in 1991.");
    const dsr_event *event = event_of(w, DSR_EVENT_ACCUSE);
    /* Without times in the record there is none; with them it is the clause's own. */
    assert_int_equal(event->when.end, 0);
}

static void linear_and_sound(void **state)
{
    world *w = *state;
    static const char part[] =
        "Norway rejected Iceland's demand to withdraw its ships and they threatened to attack Peru, ";
    double seconds[2];
    for (int k = 0; k < 2; k++) {
        size_t times = k == 0 ? 200 : 800;
        char *text = malloc(times * (sizeof part - 1) + 1);
        assert_non_null(text);
        for (size_t i = 0; i < times; i++) {
            memcpy(text + i * (sizeof part - 1), part, sizeof part - 1);
        }
        clock_t start = clock();
        assert_int_equal(annotate(w, (dsr_slice){text, times * (sizeof part - 1)}), DSR_OK);
        seconds[k] = (double)(clock() - start) / CLOCKS_PER_SEC;
        const char *what = "";
        if (!dsr_report_is_sound(&w->report, &what)) {
            fail_msg("%s", what);
        }
        assert_true(w->report.events.count <= 4096);
        dsr_arena_drop(w->arena);
        w->arena = NULL;
        free(text);
    }
    if (seconds[1] > 16 * seconds[0] + 0.5) {
        fail_msg("%.3f s for four times what takes %.3f s", seconds[1], seconds[0]);
    }
}

static void odd_text_is_sound(void **state)
{
    world *w = *state;
    static const char wide[] =
        "\xe2\x80\x9cWe will not\xe2\x80\x9d \xe2\x80\x94 \xe6\xb5\xb7 attacked Z\xc3\xbc\x72ich.";
    static const char *const odd[] = {
        "",
        "Demanded.",
        "\"\"",
        "Rejects rejects rejects demands demands.",
        "If if if unless unless Norway.",
        "They they they it we us our.",
        "Norway, Norway and Norway attacked Norway with Norway.",
        wide,
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        read_text(w, odd[i]);
        assert_int_equal(annotate(w, dsr_slice_of(odd[i])), DSR_OK);
    }
}

static void no_memory_is_told(void **state)
{
    world *w = *state;
    static const char text[] =
        "Norway rejects Iceland's demand to pull back its ships, and they threatened sanctions.";
    bool done = false;
    for (long allowed = 0; allowed < 4000 && !done; allowed++) {
        dsr_arena *arena = dsr_arena_new(0);
        assert_non_null(arena);
        dsr_report report = {.text = DSR_SLICE(text)};
        report.meta.language = DSR_SLICE("en");
        assert_int_equal(dsr_language_find_sentences(arena, w->lexicon, &report), DSR_OK);
        calls_left = allowed;
        dsr_status status = dsr_analyst_annotate(w->analyst, w->lexicon, arena, &report);
        calls_left = -1;
        assert_true(status == DSR_OK || status == DSR_ERR_MEMORY);
        if (status != DSR_OK) {
            assert_int_equal(report.events.count + report.positions.count, 0);
        }
        done = status == DSR_OK;
        dsr_arena_drop(arena);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types),
        cmocka_unit_test(passives_lists_and_nouns),
        cmocka_unit_test(how_real_it_is),
        cmocka_unit_test(who_says_so_is_kept_apart),
        cmocka_unit_test(no_rule_no_event),
        cmocka_unit_test(a_demand_inside_a_refusal_is_two),
        cmocka_unit_test(whose_words_they_are),
        cmocka_unit_test(issues_have_one_name),
        cmocka_unit_test(times_and_history),
        cmocka_unit_test(linear_and_sound),
        cmocka_unit_test(odd_text_is_sound),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
