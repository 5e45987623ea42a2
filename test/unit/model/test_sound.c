/* Each promise of a record, kept and broken. */
#include "base/limits.h"
#include "make_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void random_records_are_sound(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    for (uint64_t seed = 0; seed < 300; seed++) {
        dsr_report report = make_report(arena, seed, seed % 7 == 0 ? 3 : 200);
        const char *what = NULL;
        if (!dsr_report_is_sound(&report, &what)) {
            fail_msg("seed %u: %s", (unsigned)seed, what);
        }
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
}

static void empty_records_are_sound(void **state)
{
    (void)state;
    dsr_report report = {0};
    assert_true(dsr_report_is_sound(&report, NULL));
    report = make_plain_report("");
    assert_true(dsr_report_is_sound(&report, NULL));
}

static void assert_broken(const dsr_report *report, const char *word)
{
    const char *what = NULL;
    assert_false(dsr_report_is_sound(report, &what));
    assert_non_null(what);
    if (strstr(what, word) == NULL) {
        fail_msg("\"%s\" does not speak of \"%s\"", what, word);
    }
    assert_false(dsr_report_is_sound(report, NULL));
}

static void text_must_be_utf8_and_within_its_limit(void **state)
{
    (void)state;
    static const char *const bad[] = {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dsr_report report = make_plain_report(bad[i]);
        assert_broken(&report, "text");
    }
    char *large = malloc(DSR_LIMIT_TEXT_BYTES + 1);
    assert_non_null(large);
    memset(large, 'a', DSR_LIMIT_TEXT_BYTES + 1);
    dsr_report report = {0};
    report.text = (dsr_slice){large, DSR_LIMIT_TEXT_BYTES};
    assert_true(dsr_report_is_sound(&report, NULL));
    report.text.len++;
    assert_broken(&report, "longer");
    free(large);
}

static void fields_must_be_utf8(void **state)
{
    (void)state;
    dsr_report report = make_plain_report("text");
    dsr_slice *const fields[] = {
        &report.source.record,      &report.source.guid,        &report.source.url,
        &report.source.format,      &report.source.encoding,    &report.meta.headline,
        &report.meta.outlet,        &report.meta.dateline,      &report.meta.language,
        &report.meta.published_why, &report.meta.section,       &report.meta.canonical,
        &report.meta.headline_why,  &report.meta.outlet_why,    &report.meta.authors_why,
        &report.meta.section_why,   &report.meta.canonical_why, &report.meta.modified_why};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        *fields[i] = DSR_SLICE("caf\xe9");
        assert_broken(&report, "UTF-8");
        *fields[i] = DSR_SLICE("caf\xc3\xa9");
        assert_true(dsr_report_is_sound(&report, NULL));
    }
    report.source.path = DSR_SLICE("caf\xe9"); /* a file may be called so */
    assert_true(dsr_report_is_sound(&report, NULL));
}

static void lists_of_values(void **state)
{
    (void)state;
    dsr_slice values[DSR_LIMIT_AUTHORS + 1];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        values[i] = DSR_SLICE("A. Writer");
    }
    dsr_report report = make_plain_report("text");
    report.meta.authors.items = values;
    report.meta.authors.count = DSR_LIMIT_AUTHORS;
    assert_true(dsr_report_is_sound(&report, NULL));
    report.meta.authors.count++;
    assert_broken(&report, "author");
    report.meta.authors.count = 0;
    report.warnings.items = values;
    report.warnings.count = DSR_LIMIT_WARNINGS;
    assert_true(dsr_report_is_sound(&report, NULL));
    report.warnings.count++;
    assert_broken(&report, "warning");
    report.warnings.count = 1;
    values[0] = DSR_SLICE_NONE;
    assert_broken(&report, "warning");
    report.warnings.count = 0;
    report.meta.agencies.items = values;
    report.meta.agencies.count = 1;
    assert_broken(&report, "agency");
    values[0] = DSR_SLICE("\xff");
    assert_broken(&report, "agency");
    report.meta.agencies.items = NULL;
    assert_broken(&report, "agency");
}

static void origins_and_dates(void **state)
{
    (void)state;
    dsr_report report = make_plain_report("text");
    dsr_origin *const origins[] = {&report.meta.headline_from, &report.meta.outlet_from,
                                   &report.meta.agencies_from, &report.meta.published_from};
    for (size_t i = 0; i < 4; i++) {
        *origins[i] = (dsr_origin)5;
        assert_broken(&report, "unknown place");
        *origins[i] = DSR_FROM_INFERRED;
    }
    assert_true(dsr_report_is_sound(&report, NULL));
    report.meta.published = (dsr_moment){DSR_SLICE("2022-01-32"), 0, 1};
    assert_broken(&report, "date");
    report.meta.published = (dsr_moment){{0}, 0, 0};
    assert_true(dsr_report_is_sound(&report, NULL));
    report.meta.modified = (dsr_moment){DSR_SLICE("2022-02-30"), 0, 1};
    assert_broken(&report, "last change");
}

/* "aé b": boundaries 0 1 3 4 5. */
static const char text[] = "a\xc3\xa9 b";

static const dsr_span bad_spans[] = {{1, 1}, {2, 3}, {1, 2},          {3, 1},
                                     {4, 6}, {6, 7}, {0, UINT32_MAX}, {UINT32_MAX, UINT32_MAX}};
enum { BAD_SPANS = sizeof bad_spans / sizeof *bad_spans };

static void sentences_and_furniture(void **state)
{
    (void)state;
    dsr_report report = make_plain_report(text);
    dsr_span sentences[2] = {{0, 3}, {3, 5}};
    report.sentences.items = sentences;
    report.sentences.count = 2;
    dsr_furniture furniture[2] = {{{0, 1}, DSR_FURNITURE_OTHER}, {{3, 5}, DSR_FURNITURE_HEADLINE}};
    report.furniture.items = furniture;
    report.furniture.count = 2;
    assert_true(dsr_report_is_sound(&report, NULL));
    for (size_t i = 0; i < BAD_SPANS; i++) {
        sentences[1] = bad_spans[i];
        assert_broken(&report, "sentence");
        sentences[1] = (dsr_span){3, 5};
        furniture[1].span = bad_spans[i];
        assert_broken(&report, "furniture");
        furniture[1].span = (dsr_span){3, 5};
    }
    sentences[0].end = 4; /* overlaps the next */
    assert_broken(&report, "sentence");
    sentences[0].end = 3;
    furniture[0].span.end = 4;
    assert_broken(&report, "furniture");
    furniture[0].span.end = 1;
    furniture[0].kind = DSR_FURNITURE_KINDS;
    assert_broken(&report, "furniture");
    report.furniture.items = NULL;
    assert_broken(&report, "furniture");
}

static void names_and_what_stands_for_them(void **state)
{
    (void)state;
    dsr_report report = make_plain_report(text);
    dsr_entity entity = {DSR_SLICE("per-a"), DSR_SLICE("Ada"), DSR_NAME_PER, 'f'};
    dsr_name names[2] = {{{0, 3}, DSR_NAME_PER, 0, DSR_NO_ENTITY, DSR_TIE_NONE, {0, 0}},
                         {{3, 5}, DSR_NAME_GPE, 0, 0, DSR_TIE_SAME, {0, 3}}};
    dsr_reference references[2] = {{{0, 1}, DSR_REFERENCE_ROLE, 0, DSR_TIE_ROLE, {3, 5}},
                                   {{3, 5}, DSR_REFERENCE_PRONOUN, 0, DSR_TIE_BEFORE, {0, 3}}};
    dsr_role role = {{3, 5}, 0};
    report.entities.items = &entity, report.entities.count = 1;
    report.names.items = names, report.names.count = 2;
    report.references.items = references, report.references.count = 2;
    report.roles.items = &role, report.roles.count = 1;
    assert_true(dsr_report_is_sound(&report, NULL));
    for (size_t i = 0; i < BAD_SPANS; i++) {
        names[1].span = references[1].span = role.span = bad_spans[i];
        assert_broken(&report, "name");
        names[1].span = (dsr_span){3, 5};
        assert_broken(&report, "reference");
        references[1].span = (dsr_span){3, 5};
        assert_broken(&report, "role");
        role.span = (dsr_span){3, 5};
    }
    for (size_t i = 0; i < BAD_SPANS; i++) {
        dsr_span nothing = {0, 0};
        names[1].because = bad_spans[i];
        assert_true(dsr_report_is_sound(&report, NULL) ==
                    (memcmp(&bad_spans[i], &nothing, sizeof nothing) == 0));
        names[1].because = (dsr_span){0, 3};
        references[0].because = bad_spans[i];
        assert_true(dsr_report_is_sound(&report, NULL) ==
                    (memcmp(&bad_spans[i], &nothing, sizeof nothing) == 0));
        references[0].because = (dsr_span){3, 5};
    }
    names[1].tie = DSR_TIES;
    assert_broken(&report, "name");
    names[1].tie = DSR_TIE_SAME, references[0].tie = DSR_TIES;
    assert_broken(&report, "reference");
    references[0].tie = DSR_TIE_ROLE;
    names[0].entity = 1;
    assert_broken(&report, "name");
    names[0].entity = 0, names[0].metonym_for = 1;
    assert_broken(&report, "name");
    names[0].metonym_for = DSR_NO_ENTITY, names[0].type = DSR_NAME_TYPES;
    assert_broken(&report, "name");
    names[0].type = DSR_NAME_PER, references[0].entity = DSR_NO_ENTITY;
    assert_broken(&report, "reference");
    references[0].entity = 0, role.entity = 7;
    assert_broken(&report, "role");
    role.entity = 0, entity.given_sex = 'x';
    assert_broken(&report, "entity");
    entity.given_sex = 0, entity.id = DSR_SLICE("");
    assert_broken(&report, "entity");
}

/* A form that says nothing but what the caller sets. */
static dsr_time_form empty_form(void)
{
    return (dsr_time_form){.shift = DSR_UNSAID,
                           .direction = DSR_UNSAID,
                           .count = DSR_TIME_VAGUE,
                           .year = DSR_UNSAID,
                           .month = DSR_UNSAID,
                           .day = DSR_UNSAID,
                           .weekday = DSR_UNSAID,
                           .week = DSR_UNSAID,
                           .quarter = DSR_UNSAID,
                           .half = DSR_UNSAID,
                           .season = DSR_UNSAID,
                           .part = DSR_UNSAID,
                           .holiday = DSR_UNSAID,
                           .hour = DSR_UNSAID,
                           .minute = DSR_UNSAID,
                           .second = DSR_UNSAID};
}

static void times_and_figures(void **state)
{
    (void)state;
    dsr_report report = make_plain_report(text);
    dsr_time times[2] = {{.span = {0, 3}, .earliest = DSR_NO_DAY, .latest = DSR_NO_DAY},
                         {.span = {3, 5}, .earliest = 5, .latest = 6}};
    dsr_figure figures[2] = {{.span = {0, 3}, .has_low = true}, {.span = {3, 5}, .has_value = true}};
    times[0].form = times[1].form = empty_form();
    report.times.items = times, report.times.count = 2;
    report.figures.items = figures, report.figures.count = 2;
    assert_true(dsr_report_is_sound(&report, NULL));
    for (size_t i = 0; i < BAD_SPANS; i++) {
        times[1].span = bad_spans[i];
        assert_broken(&report, "time");
        times[1].span = (dsr_span){3, 5};
        figures[1].span = bad_spans[i];
        assert_broken(&report, "figure");
        figures[1].span = (dsr_span){3, 5};
    }
    int16_t *const fields[] = {&times[0].form.month,   &times[0].form.day,  &times[0].form.weekday,
                               &times[0].form.quarter, &times[0].form.half, &times[0].form.hour,
                               &times[0].form.minute,  &times[0].form.year, &times[0].form.holiday};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        *fields[i] = INT16_MAX;
        assert_broken(&report, "time");
        *fields[i] = -5;
        assert_broken(&report, "time");
        *fields[i] = DSR_UNSAID;
    }
    times[1].latest = 5; /* an interval without a day */
    assert_broken(&report, "time");
    times[1].latest = 6, times[0].form.kind = DSR_TIME_KINDS;
    assert_broken(&report, "time");
    times[0].form.kind = DSR_TIME_POINT, figures[0].has_low = false;
    assert_broken(&report, "figure");
    figures[0].has_low = true, figures[0].low = (dsr_decimal){10, 0}; /* {1, 1} is meant */
    assert_broken(&report, "figure");
    figures[0].low = (dsr_decimal){1, 1}, figures[0].approx = DSR_APPROXES;
    assert_broken(&report, "figure");
}

static void blocks(void **state)
{
    (void)state;
    dsr_report report = make_plain_report(text);
    dsr_block list[2] = {{{0, 3}, DSR_BLOCK_PARAGRAPH, 0}, {{3, 5}, DSR_BLOCK_PARAGRAPH, 0}};
    report.blocks.items = list;
    report.blocks.count = 2;
    assert_true(dsr_report_is_sound(&report, NULL));
    for (size_t i = 0; i < BAD_SPANS; i++) {
        list[1].span = bad_spans[i];
        assert_broken(&report, "block");
        list[1].span = (dsr_span){3, 5};
    }
    list[0].span.end = 4; /* overlaps the next */
    assert_broken(&report, "block");
    list[0].span = (dsr_span){3, 5}; /* out of order */
    list[1].span = (dsr_span){0, 3};
    assert_broken(&report, "block");
    report.blocks.items = NULL;
    assert_broken(&report, "block");
}

static void levels_of_blocks(void **state)
{
    (void)state;
    dsr_report report = make_plain_report(text);
    dsr_block block = {{0, 3}, DSR_BLOCK_PARAGRAPH, 0};
    report.blocks.items = &block;
    report.blocks.count = 1;
    for (unsigned kind = 0; kind < DSR_BLOCK_KINDS; kind++) {
        unsigned least = kind == DSR_BLOCK_HEADING || kind == DSR_BLOCK_LIST_ITEM ? 1 : 0;
        unsigned most = kind == DSR_BLOCK_HEADING ? 6 : kind == DSR_BLOCK_LIST_ITEM ? DSR_BLOCK_LEVELS : 0;
        block.kind = (dsr_block_kind)kind;
        for (unsigned level = 0; level <= UINT8_MAX; level++) {
            block.level = (uint8_t)level;
            assert_int_equal(dsr_report_is_sound(&report, NULL), level >= least && level <= most);
        }
    }
    block = (dsr_block){{0, 3}, DSR_BLOCK_KINDS, 0};
    assert_broken(&report, "kind");
}

static void parts_left_out(void **state)
{
    (void)state;
    dsr_report report = make_plain_report(text);
    dsr_left_part parts[DSR_LIMIT_LEFT_PARTS + 1];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        parts[i] = (dsr_left_part){{7, 7}, 1, DSR_SLICE("navigation"), DSR_SLICE("caf\xc3\xa9")};
    }
    report.left.items = parts;
    report.left.count = DSR_LIMIT_LEFT_PARTS;
    assert_true(dsr_report_is_sound(&report, NULL));
    report.left.count++;
    assert_broken(&report, "too many");
    report.left.count = 2;
    parts[1].source = (dsr_source_span){8, 7};
    assert_broken(&report, "ends before");
    parts[1].source = (dsr_source_span){0, UINT64_MAX};
    assert_broken(&report, "behind every source");
    parts[1].source = (dsr_source_span){0, INT64_MAX}; /* parts may lie in one another's stretches */
    assert_true(dsr_report_is_sound(&report, NULL));
    dsr_slice *const fields[] = {&parts[1].why, &parts[1].start};
    for (size_t i = 0; i < 2; i++) {
        dsr_slice before = *fields[i];
        *fields[i] = DSR_SLICE("caf\xc3");
        assert_broken(&report, "UTF-8");
        *fields[i] = (dsr_slice){NULL, 3};
        assert_broken(&report, "UTF-8");
        *fields[i] = before;
    }
    report.left.items = NULL;
    assert_broken(&report, "left out");
}

static void quotes_and_credits(void **state)
{
    (void)state;
    dsr_report report = make_plain_report(text);
    dsr_quote quotes[2] = {{.span = {0, 5}, .kind = DSR_QUOTE_DIRECT, .entity = DSR_NO_ENTITY},
                           {.span = {1, 3},
                            .kind = DSR_QUOTE_SCARE,
                            .quotation = 1,
                            .entity = DSR_NO_ENTITY}}; /* one in the other */
    report.quotes.items = quotes;
    report.quotes.count = 2;
    dsr_credit credits[2] = {{{0, 3}, DSR_SLICE("AFP")}, {{0, 3}, DSR_SLICE_NONE}}; /* two of one phrase */
    report.credits.items = credits;
    report.credits.count = 2;
    assert_true(dsr_report_is_sound(&report, NULL));
    for (size_t i = 0; i < BAD_SPANS; i++) {
        quotes[1].span = bad_spans[i];
        assert_broken(&report, "quotation");
        quotes[1].span = (dsr_span){1, 3};
        quotes[1].speaker = bad_spans[i];
        assert_broken(&report, "speaker");
        quotes[1].speaker = (dsr_span){3, 5};
        credits[1].span = bad_spans[i];
        assert_broken(&report, "credit");
        credits[1].span = (dsr_span){0, 3};
    }
    quotes[0].span = (dsr_span){3, 5}; /* starts behind the next */
    assert_broken(&report, "quotation");
    quotes[0].span = (dsr_span){0, 5};
    quotes[0].kind = (dsr_quote_kind)4;
    assert_broken(&report, "quotation");
    quotes[0].kind = DSR_QUOTE_DIRECT;
    quotes[0].medium = DSR_MEDIA;
    assert_broken(&report, "medium");
    quotes[0].medium = DSR_MEDIUM_TWEET;
    quotes[0].how = DSR_SAID_HOWS;
    assert_broken(&report, "finding");
    quotes[0].how = DSR_SAID_NEAR;
    quotes[0].entity = 0; /* there is none */
    assert_broken(&report, "no entity");
    quotes[0].entity = DSR_NO_ENTITY;
    quotes[0].confidence = 1001;
    assert_broken(&report, "certain");
    quotes[0].confidence = 1000;
    credits[0].agency = DSR_SLICE("\xff");
    assert_broken(&report, "agency");
}

static void source_maps(void **state)
{
    (void)state;
    static const dsr_source_map_run good[] = {{{0, 3}, {0, 3}, 0}, {{3, 5}, {3, 7}, 2}};
    static const dsr_source_map_run bad[] = {
        {{3, 5}, {3, 6}, 0},             /* lengths differ */
        {{3, 5}, {3, 6}, 2},             /* two characters of two bytes */
        {{3, 5}, {7, 3}, DSR_MAP_WHOLE}, /* ends before it starts */
        {{3, 5}, {2, 6}, DSR_MAP_WHOLE}, /* overlaps in the source */
        {{1, 3}, {3, 5}, 0},             /* overlaps in the text */
        {{3, 3}, {3, 3}, 0},             /* nothing */
        {{2, 3}, {3, 4}, 0},             /* inside a character */
        {{3, 6}, {3, 6}, 0},             /* behind the text */
        {{3, 5}, {UINT64_MAX - 1, UINT64_MAX}, DSR_MAP_WHOLE},
        {{3, 5}, {0, UINT64_MAX}, DSR_MAP_WHOLE},
    };
    dsr_report report = make_plain_report(text);
    dsr_source_map_run runs[2];
    memcpy(runs, good, sizeof runs);
    report.source_map.items = runs;
    report.source_map.count = 2;
    assert_true(dsr_report_is_sound(&report, NULL));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        runs[1] = bad[i];
        assert_broken(&report, "source map");
    }
    runs[1] = (dsr_source_map_run){{4, 5}, {3, 3}, DSR_MAP_WHOLE}; /* made from nothing */
    assert_true(dsr_report_is_sound(&report, NULL));
    runs[1] = (dsr_source_map_run){{4, 5}, {(uint64_t)INT64_MAX - 1, INT64_MAX}, DSR_MAP_WHOLE};
    assert_true(dsr_report_is_sound(&report, NULL));
}

static void events_and_positions(void **state)
{
    (void)state;
    dsr_report report = make_plain_report(text);
    dsr_event events[2] = {
        {.span = {0, 5}, .action = {0, 3}, .type = DSR_EVENT_REJECT, .told_by = DSR_NO_ACTOR},
        {.span = {1, 3}, .action = {1, 3}, .type = DSR_EVENT_REQUEST, .told_by = DSR_NO_ACTOR}};
    dsr_actor actor = DSR_NO_ACTOR;
    report.events.items = events;
    report.events.count = 2;
    events[1].sources.items = &actor;
    events[1].sources.count = 1;
    dsr_position position = {
        .span = {0, 3}, .action = {0, 3}, .party = DSR_NO_ACTOR, .speaker = DSR_NO_ACTOR};
    report.positions.items = &position;
    report.positions.count = 1;
    assert_true(dsr_report_is_sound(&report, NULL));
    for (size_t i = 0; i < BAD_SPANS; i++) {
        events[1].span = bad_spans[i];
        assert_broken(&report, "event");
        events[1].span = (dsr_span){1, 3};
        actor.span = bad_spans[i];
        assert_broken(&report, "event");
        actor.span = (dsr_span){0, 0};
        position.answers = bad_spans[i];
        assert_broken(&report, "position");
        position.answers = (dsr_span){0, 0};
    }
    actor.side = 0; /* of no entities */
    assert_broken(&report, "event");
    actor.side = DSR_NO_ENTITY;
    events[0].type = DSR_EVENT_TYPES;
    assert_broken(&report, "event");
    events[0].type = DSR_EVENT_AID;
    events[0].span.start = 3;
    events[0].action = (dsr_span){3, 5};
    assert_broken(&report, "order");
    report.events.count = 0;
    position.stance = DSR_STANCES;
    assert_broken(&report, "stance");
    position.stance = DSR_STANCE_DENY;
    report.positions.items = NULL;
    assert_broken(&report, "storage");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_records_are_sound),
        cmocka_unit_test(empty_records_are_sound),
        cmocka_unit_test(text_must_be_utf8_and_within_its_limit),
        cmocka_unit_test(fields_must_be_utf8),
        cmocka_unit_test(lists_of_values),
        cmocka_unit_test(origins_and_dates),
        cmocka_unit_test(sentences_and_furniture),
        cmocka_unit_test(names_and_what_stands_for_them),
        cmocka_unit_test(times_and_figures),
        cmocka_unit_test(blocks),
        cmocka_unit_test(levels_of_blocks),
        cmocka_unit_test(parts_left_out),
        cmocka_unit_test(quotes_and_credits),
        cmocka_unit_test(source_maps),
        cmocka_unit_test(events_and_positions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
