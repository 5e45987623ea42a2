/* See make_report.h. */
#include "make_report.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

uint64_t dice_next(dice *d)
{
    d->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t x = d->state;
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

uint64_t dice_roll(dice *d, uint64_t below)
{
    return dice_next(d) % below;
}

static const char *const words[] = {"harbour",
                                    "minister",
                                    "said",
                                    "the",
                                    "of",
                                    "Z\xc3\xbcrich",
                                    "e\xcc\x81t\xc3\xa9",
                                    "\xe2\x80\x9cno\xe2\x80\x9d",
                                    "\xf0\x9f\x98\x80",
                                    "\xe6\xb5\xb7\xe5\xb2\xb8",
                                    "13,000",
                                    "\n\n",
                                    "ferry,",
                                    "talks.",
                                    "\xf0\x9d\x94\x98x",
                                    "a"};
enum { WORDS = sizeof words / sizeof *words };

static dsr_slice pick_word(dice *d)
{
    return dsr_slice_of(words[dice_roll(d, WORDS)]);
}

/* A value of some words, an empty one, or none. */
static dsr_slice pick_value(dsr_arena *arena, dice *d)
{
    uint64_t kind = dice_roll(d, 6);
    if (kind == 0) {
        return DSR_SLICE_NONE;
    }
    if (kind == 1) {
        return DSR_SLICE("");
    }
    dsr_slice out;
    dsr_slice first = pick_word(d);
    dsr_slice second = pick_word(d);
    assert_int_equal(dsr_arena_format(arena, &out, "%.*s %.*s", DSR_PRINT(first), DSR_PRINT(second)), DSR_OK);
    return out;
}

static void fill_values(dsr_arena *arena, dice *d, dsr_slices *list, uint64_t most)
{
    uint64_t count = dice_roll(d, most + 1);
    for (uint64_t i = 0; i < count; i++) {
        assert_int_equal(DSR_LIST_RESERVE(arena, list, 1), DSR_OK);
        dsr_slice value = pick_value(arena, d);
        list->items[list->count++] = value.ptr != NULL ? value : DSR_SLICE("none");
    }
}

static dsr_slice make_text(dsr_arena *arena, dice *d, size_t pieces)
{
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    for (size_t i = 0; i < pieces; i++) {
        dsr_buffer_append(&buffer, pick_word(d));
        dsr_buffer_append_char(&buffer, dice_roll(d, 400) == 0 ? '\0' : ' ');
    }
    dsr_slice text;
    assert_int_equal(buffer.status, DSR_OK);
    dsr_slice content = dsr_buffer_slice(&buffer);
    assert_int_equal(dsr_arena_copy(arena, content.ptr != NULL ? content : DSR_SLICE(""), &text), DSR_OK);
    dsr_buffer_drop(&buffer);
    return text;
}

static uint32_t next_boundary(dsr_slice text, uint32_t at, uint64_t characters)
{
    while (at < text.len && characters > 0) {
        at++;
        while (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) == 0x80) {
            at++;
        }
        characters--;
    }
    return at;
}

/* The next span behind *at; false at the end of the text. */
static bool next_span(dice *d, dsr_slice text, uint32_t *at, uint64_t gap, uint64_t most, dsr_span *span)
{
    span->start = next_boundary(text, *at, dice_roll(d, gap));
    span->end = next_boundary(text, span->start, 1 + dice_roll(d, most));
    *at = span->end;
    return span->start < span->end;
}

static uint64_t characters_in(dsr_slice text, dsr_span span)
{
    uint64_t count = 0;
    for (uint32_t i = span.start; i < span.end; i++) {
        count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    }
    return count;
}

static void fill_source_map(dsr_arena *arena, dice *d, dsr_report *report)
{
    uint32_t at = 0;
    uint64_t source = dice_roll(d, 3) == 0 ? UINT64_C(1) << 40 : 0;
    dsr_source_map_run run;
    while (next_span(d, report->text, &at, 2, 300, &run.text)) {
        static const uint8_t units[] = {0, 0, 0, 1, 2, 4, 254, DSR_MAP_WHOLE};
        run.unit = units[dice_roll(d, sizeof units)];
        run.source.start = source + dice_roll(d, 5);
        uint64_t size =
            run.unit == 0 ? run.text.end - run.text.start : run.unit * characters_in(report->text, run.text);
        run.source.end = run.source.start + (run.unit == DSR_MAP_WHOLE ? dice_roll(d, 12) : size);
        source = run.source.end;
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->source_map, 1), DSR_OK);
        report->source_map.items[report->source_map.count++] = run;
    }
}

static void fill_blocks(dsr_arena *arena, dice *d, dsr_report *report)
{
    dsr_span span;
    uint32_t at = 0;
    while (next_span(d, report->text, &at, 3, 120, &span)) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->blocks, 1), DSR_OK);
        dsr_block *block = &report->blocks.items[report->blocks.count++];
        *block = (dsr_block){span, (dsr_block_kind)dice_roll(d, DSR_BLOCK_KINDS), 0};
        unsigned levels = block->kind == DSR_BLOCK_HEADING     ? 6
                          : block->kind == DSR_BLOCK_LIST_ITEM ? DSR_BLOCK_LEVELS
                                                               : 0;
        block->level = levels > 0 ? (uint8_t)(1 + dice_roll(d, levels)) : 0;
    }
}

/* Why a word is whose it is: anything, resting on another span or on nothing. */
static dsr_tie pick_tie(dice *d, dsr_span other, dsr_span *because)
{
    bool rests = dice_roll(d, 2) == 0;
    *because = rests ? other : (dsr_span){0, 0};
    return (dsr_tie)dice_roll(d, DSR_TIES);
}

static void fill_names(dsr_arena *arena, dice *d, dsr_report *report)
{
    dsr_span span;
    uint32_t at = 0;
    while (next_span(d, report->text, &at, 40, 20, &span)) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->names, 1), DSR_OK);
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->references, 1), DSR_OK);
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->roles, 1), DSR_OK);
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->entities, 1), DSR_OK);
        uint32_t entity = (uint32_t)report->entities.count;
        dsr_name_type type = (dsr_name_type)dice_roll(d, DSR_NAME_TYPES);
        report->entities.items[report->entities.count++] =
            (dsr_entity){DSR_SLICE("per-a"), DSR_SLICE("Ada Bell"), type, "fm"[dice_roll(d, 3)]};
        report->names.items[report->names.count++] = (dsr_name){
            .span = span, .type = type, .entity = entity, .metonym_for = dice_roll(d, 2) ? DSR_NO_ENTITY : 0};
        dsr_name *name = &report->names.items[report->names.count - 1];
        dsr_span first = report->names.items[0].span;
        name->tie = pick_tie(d, first, &name->because);
        dsr_reference_kind kind = (dsr_reference_kind)dice_roll(d, DSR_REFERENCE_KINDS);
        report->references.items[report->references.count++] =
            (dsr_reference){.span = span, .kind = kind, .entity = entity};
        dsr_reference *reference = &report->references.items[report->references.count - 1];
        reference->tie = pick_tie(d, span, &reference->because);
        report->roles.items[report->roles.count++] = (dsr_role){span, entity};
    }
}

/* Any number of a form's field, or nothing said. */
static int16_t pick_part(dice *d, unsigned least, unsigned most)
{
    return dice_roll(d, 3) == 0 ? (int16_t)DSR_UNSAID : (int16_t)(least + dice_roll(d, most - least + 1));
}

static dsr_time_form pick_form(dice *d)
{
    dsr_time_form form = {.kind = (dsr_time_kind)dice_roll(d, DSR_TIME_KINDS),
                          .anchor = (dsr_time_anchor)dice_roll(d, DSR_ANCHORS),
                          .unit = (dsr_time_unit)dice_roll(d, DSR_UNITS)};
    form.shift = (int16_t)(pick_part(d, 0, 4) == DSR_UNSAID ? DSR_UNSAID : (int)dice_roll(d, 7) - 3);
    form.direction = (int16_t)((int)dice_roll(d, 3) - 1);
    form.count = (int32_t)dice_roll(d, 5000) - 1;
    form.year = pick_part(d, 0, 3000);
    form.month = pick_part(d, 1, 12);
    form.day = pick_part(d, 1, 31);
    form.weekday = pick_part(d, 0, 6);
    form.week = pick_part(d, 1, 53);
    form.quarter = pick_part(d, 1, 4);
    form.half = pick_part(d, 1, 2);
    form.holiday = pick_part(d, 101, 1231);
    form.season = dice_roll(d, 2) ? DSR_UNSAID : 'S' << 8 | 'P';
    form.part = dice_roll(d, 2) ? DSR_UNSAID : 'N' << 8 | 'I';
    form.hour = pick_part(d, 0, 24);
    form.minute = pick_part(d, 0, 59);
    form.second = pick_part(d, 0, 60);
    form.tense = (int16_t)((int)dice_roll(d, 3) - 1);
    return form;
}

static dsr_decimal pick_decimal(dice *d)
{
    return dsr_decimal_scale(dsr_decimal_of((int64_t)dice_roll(d, 2000000) - 1000000),
                             (int32_t)dice_roll(d, 20) - 10);
}

static void fill_measures(dsr_arena *arena, dice *d, dsr_report *report)
{
    dsr_span span;
    uint32_t at = 0;
    while (next_span(d, report->text, &at, 60, 20, &span)) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->times, 1), DSR_OK);
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->figures, 1), DSR_OK);
        report->times.items[report->times.count++] =
            (dsr_time){.span = span,
                       .type = (dsr_time_type)dice_roll(d, DSR_TIME_TYPES),
                       .mod = (dsr_time_mod)dice_roll(d, DSR_TIME_MODS),
                       .form = pick_form(d),
                       .earliest = DSR_NO_DAY,
                       .latest = DSR_NO_DAY};
        report->figures.items[report->figures.count++] =
            (dsr_figure){.span = span,
                         .has_value = true,
                         .has_low = dice_roll(d, 2) != 0,
                         .has_high = dice_roll(d, 2) != 0,
                         .approx = (dsr_approx)dice_roll(d, DSR_APPROXES),
                         .value = pick_decimal(d),
                         .low = pick_decimal(d),
                         .high = pick_decimal(d),
                         .thing = dice_roll(d, 2) ? span : (dsr_span){0, 0},
                         .unit = pick_value(arena, d),
                         .kind = DSR_SLICE("count")};
    }
}

static void fill_said(dice *d, const dsr_report *report, dsr_quote *quote)
{
    dsr_span *const mentions[] = {&quote->speaker, &quote->cue, &quote->audience};
    for (size_t i = 0; i < 3; i++) {
        if (report->sentences.count > 0 && dice_roll(d, 3) > 0) {
            *mentions[i] = report->sentences.items[dice_roll(d, (unsigned)report->sentences.count)];
        }
    }
    if (report->entities.count > 0 && dice_roll(d, 2)) {
        quote->entity = (uint32_t)dice_roll(d, (unsigned)report->entities.count);
    }
    quote->confidence = (uint16_t)dice_roll(d, 1001);
    quote->medium = (dsr_medium)dice_roll(d, DSR_MEDIA);
    quote->how = (dsr_said_how)dice_roll(d, DSR_SAID_HOWS);
    quote->denied = dice_roll(d, 4) == 0;
}

static dsr_actor make_actor(dsr_arena *arena, dice *d, const dsr_report *report, dsr_span span)
{
    uint32_t count = (uint32_t)report->entities.count;
    dsr_actor actor = {dice_roll(d, 3) > 0 ? span : (dsr_span){0, 0}, DSR_NO_ENTITY, DSR_NO_ENTITY,
                       pick_value(arena, d)};
    if (count > 0 && dice_roll(d, 2) > 0) {
        actor.entity = (uint32_t)dice_roll(d, count);
        actor.side = dice_roll(d, 2) > 0 ? (uint32_t)dice_roll(d, count) : DSR_NO_ENTITY;
    }
    return actor;
}

static void fill_actors(dsr_arena *arena, dice *d, const dsr_report *report, dsr_span span, dsr_actors *to)
{
    for (uint64_t left = dice_roll(d, 3); left > 0; left--) {
        assert_int_equal(DSR_LIST_RESERVE(arena, to, 1), DSR_OK);
        to->items[to->count++] = make_actor(arena, d, report, span);
    }
}

static void fill_events(dsr_arena *arena, dice *d, dsr_report *report)
{
    uint32_t at = 0;
    dsr_span span;
    while (next_span(d, report->text, &at, 300, 90, &span)) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->events, 1), DSR_OK);
        dsr_event event = {.span = span,
                           .action = span,
                           .type = (dsr_event_type)dice_roll(d, DSR_EVENT_TYPES),
                           .realis = (dsr_realis)dice_roll(d, DSR_REALES),
                           .mode = pick_value(arena, d),
                           .cameo = pick_value(arena, d),
                           .rule = pick_value(arena, d),
                           .when = dice_roll(d, 2) > 0 ? span : (dsr_span){0, 0},
                           .told_by = make_actor(arena, d, report, span)};
        fill_actors(arena, d, report, span, &event.sources);
        fill_actors(arena, d, report, span, &event.targets);
        report->events.items[report->events.count++] = event;
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->positions, 1), DSR_OK);
        dsr_position position = {.span = span,
                                 .action = span,
                                 .stance = (dsr_stance)dice_roll(d, DSR_STANCES),
                                 .party = make_actor(arena, d, report, span),
                                 .speaker = make_actor(arena, d, report, span),
                                 .issue = pick_value(arena, d),
                                 .rule = pick_value(arena, d),
                                 .answers = dice_roll(d, 2) > 0 ? span : (dsr_span){0, 0}};
        fill_actors(arena, d, report, span, &position.toward);
        report->positions.items[report->positions.count++] = position;
    }
}

static void fill_spans(dsr_arena *arena, dice *d, dsr_report *report)
{
    dsr_span span;
    uint32_t at = 0;
    while (next_span(d, report->text, &at, 1, 160, &span)) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->sentences, 1), DSR_OK);
        report->sentences.items[report->sentences.count++] = span;
    }
    fill_names(arena, d, report);
    fill_measures(arena, d, report);
    at = 0;
    while (next_span(d, report->text, &at, 500, 90, &span)) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->furniture, 1), DSR_OK);
        report->furniture.items[report->furniture.count++] =
            (dsr_furniture){span, (dsr_furniture_kind)dice_roll(d, DSR_FURNITURE_KINDS)};
    }
    at = 0;
    while (next_span(d, report->text, &at, 200, 200, &span)) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->quotes, 1), DSR_OK);
        report->quotes.items[report->quotes.count++] =
            (dsr_quote){.span = span,
                        .kind = (dsr_quote_kind)dice_roll(d, 4),
                        .quotation = (uint32_t)report->quotes.count,
                        .entity = DSR_NO_ENTITY};
        fill_said(d, report, &report->quotes.items[report->quotes.count - 1]);
        at = span.start; /* they may overlap */
        at = next_boundary(report->text, at, 1);
    }
    at = 0;
    fill_events(arena, d, report);
    while (next_span(d, report->text, &at, 900, 40, &span)) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->credits, 2), DSR_OK);
        report->credits.items[report->credits.count++] = (dsr_credit){span, pick_value(arena, d)};
        report->credits.items[report->credits.count++] = (dsr_credit){span, DSR_SLICE("AFP")};
    }
}

static void fill_meta(dsr_arena *arena, dice *d, dsr_meta *meta)
{
    meta->headline = pick_value(arena, d);
    meta->headline_from = (dsr_origin)dice_roll(d, 5);
    meta->outlet = pick_value(arena, d);
    meta->outlet_from = (dsr_origin)dice_roll(d, 5);
    fill_values(arena, d, &meta->agencies, 3);
    meta->agencies_from = (dsr_origin)dice_roll(d, 5);
    fill_values(arena, d, &meta->authors, 3);
    meta->dateline = pick_value(arena, d);
    static const char *const dates[] = {
        NULL, "2022", "1000", "3000-12-31", "2022-01-11T20:17:00+05:00", "1969-12-31T23:59:59-12:00"};
    const char *date = dates[dice_roll(d, 6)];
    if (date != NULL) {
        assert_int_equal(dsr_moment_parse(arena, dsr_slice_of(date), &meta->published), DSR_OK);
    }
    meta->published_from = (dsr_origin)dice_roll(d, 5);
    meta->published_why = pick_value(arena, d);
    meta->language = DSR_SLICE("en");
    meta->section = pick_value(arena, d);
    meta->canonical = pick_value(arena, d);
    if (dice_roll(d, 2) == 0) {
        assert_int_equal(dsr_moment_parse(arena, DSR_SLICE("2022-01-12T08:00:00Z"), &meta->modified), DSR_OK);
    }
    dsr_slice *const whys[] = {&meta->headline_why, &meta->outlet_why,    &meta->authors_why,
                               &meta->section_why,  &meta->canonical_why, &meta->modified_why};
    for (size_t i = 0; i < sizeof whys / sizeof *whys; i++) {
        *whys[i] = pick_value(arena, d);
    }
}

dsr_report make_report(dsr_arena *arena, uint64_t seed, size_t pieces)
{
    dice d = {seed};
    dsr_report report = {0};
    report.text = make_text(arena, &d, pieces);
    report.source.path = DSR_SLICE("folder/\xff not UTF-8");
    report.source.record = pick_value(arena, &d);
    report.source.guid = pick_value(arena, &d);
    report.source.url = pick_value(arena, &d);
    report.source.format = DSR_SLICE("jsonl");
    report.source.encoding = pick_value(arena, &d);
    report.source.sha256 = dsr_sha256(report.text);
    dsr_report_identify(&report, DSR_SLICE("An Outlet"));
    fill_meta(arena, &d, &report.meta);
    fill_source_map(arena, &d, &report);
    fill_blocks(arena, &d, &report);
    fill_spans(arena, &d, &report);
    fill_values(arena, &d, &report.warnings, 4);
    return report;
}

dsr_report make_plain_report(const char *text)
{
    dsr_report report = {0};
    report.text = dsr_slice_of(text);
    return report;
}

static void assert_same_slice(dsr_slice a, dsr_slice b)
{
    assert_int_equal(a.ptr == NULL, b.ptr == NULL);
    assert_int_equal(a.len, b.len);
    if (a.len > 0) {
        assert_memory_equal(a.ptr, b.ptr, a.len);
    }
}

static void assert_same_slices(const dsr_slices *a, const dsr_slices *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_same_slice(a->items[i], b->items[i]);
    }
}

static void assert_same_meta(const dsr_meta *a, const dsr_meta *b)
{
    assert_same_slice(a->headline, b->headline);
    assert_same_slice(a->outlet, b->outlet);
    assert_same_slices(&a->agencies, &b->agencies);
    assert_same_slices(&a->authors, &b->authors);
    assert_same_slice(a->dateline, b->dateline);
    assert_same_slice(a->published.iso, b->published.iso);
    if (a->published.iso.ptr != NULL) {
        assert_int_equal(a->published.earliest, b->published.earliest);
        assert_int_equal(a->published.latest, b->published.latest);
    }
    assert_same_slice(a->published_why, b->published_why);
    assert_same_slice(a->language, b->language);
    assert_same_slice(a->section, b->section);
    assert_same_slice(a->canonical, b->canonical);
    assert_same_slice(a->modified.iso, b->modified.iso);
    assert_int_equal(a->modified.earliest, b->modified.earliest);
    assert_same_slice(a->headline_why, b->headline_why);
    assert_same_slice(a->outlet_why, b->outlet_why);
    assert_same_slice(a->authors_why, b->authors_why);
    assert_same_slice(a->section_why, b->section_why);
    assert_same_slice(a->canonical_why, b->canonical_why);
    assert_same_slice(a->modified_why, b->modified_why);
    assert_int_equal(a->headline_from, b->headline_from);
    assert_int_equal(a->outlet_from, b->outlet_from);
    assert_int_equal(a->agencies_from, b->agencies_from);
    assert_int_equal(a->published_from, b->published_from);
}

static void assert_same_span(dsr_span a, dsr_span b)
{
    assert_int_equal(a.start, b.start);
    assert_int_equal(a.end, b.end);
}

static void assert_same_names(const dsr_report *a, const dsr_report *b)
{
    assert_int_equal(a->entities.count, b->entities.count);
    for (size_t i = 0; i < a->entities.count; i++) {
        assert_same_slice(a->entities.items[i].id, b->entities.items[i].id);
        assert_same_slice(a->entities.items[i].canonical, b->entities.items[i].canonical);
        assert_int_equal(a->entities.items[i].type, b->entities.items[i].type);
    }
    assert_int_equal(a->names.count, b->names.count);
    for (size_t i = 0; i < a->names.count; i++) {
        assert_same_span(a->names.items[i].span, b->names.items[i].span);
        assert_int_equal(a->names.items[i].type, b->names.items[i].type);
        assert_int_equal(a->names.items[i].entity, b->names.items[i].entity);
        assert_int_equal(a->names.items[i].metonym_for, b->names.items[i].metonym_for);
    }
    assert_int_equal(a->references.count, b->references.count);
    for (size_t i = 0; i < a->references.count; i++) {
        assert_same_span(a->references.items[i].span, b->references.items[i].span);
        assert_int_equal(a->references.items[i].kind, b->references.items[i].kind);
        assert_int_equal(a->references.items[i].entity, b->references.items[i].entity);
    }
    assert_int_equal(a->roles.count, b->roles.count);
    for (size_t i = 0; i < a->roles.count; i++) {
        assert_same_span(a->roles.items[i].span, b->roles.items[i].span);
        assert_int_equal(a->roles.items[i].entity, b->roles.items[i].entity);
    }
}

static void assert_same_decimal(dsr_decimal a, dsr_decimal b)
{
    assert_int_equal(a.digits, b.digits);
    assert_int_equal(a.exponent, b.exponent);
}

static void assert_same_form(const dsr_time_form *a, const dsr_time_form *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->anchor, b->anchor);
    assert_int_equal(a->unit, b->unit);
    const int x[] = {a->shift,   a->direction, a->count,   a->year,   a->month,   a->day,
                     a->weekday, a->week,      a->quarter, a->half,   a->holiday, a->season,
                     a->part,    a->hour,      a->minute,  a->second, a->tense};
    const int y[] = {b->shift,   b->direction, b->count,   b->year,   b->month,   b->day,
                     b->weekday, b->week,      b->quarter, b->half,   b->holiday, b->season,
                     b->part,    b->hour,      b->minute,  b->second, b->tense};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        assert_int_equal(x[i], y[i]);
    }
}

static void assert_same_measures(const dsr_report *a, const dsr_report *b)
{
    assert_int_equal(a->times.count, b->times.count);
    for (size_t i = 0; i < a->times.count; i++) {
        assert_same_span(a->times.items[i].span, b->times.items[i].span);
        assert_int_equal(a->times.items[i].type, b->times.items[i].type);
        assert_int_equal(a->times.items[i].mod, b->times.items[i].mod);
        assert_same_form(&a->times.items[i].form, &b->times.items[i].form);
    }
    assert_int_equal(a->figures.count, b->figures.count);
    for (size_t i = 0; i < a->figures.count; i++) {
        const dsr_figure *x = &a->figures.items[i], *y = &b->figures.items[i];
        assert_same_span(x->span, y->span);
        assert_same_span(x->thing, y->thing);
        assert_int_equal(x->approx, y->approx);
        assert_int_equal(x->has_value, y->has_value);
        assert_int_equal(x->has_low, y->has_low);
        assert_int_equal(x->has_high, y->has_high);
        assert_same_decimal(x->value, y->value);
        assert_same_decimal(x->low, y->low);
        assert_same_decimal(x->high, y->high);
        assert_same_slice(x->unit, y->unit);
        assert_same_slice(x->kind, y->kind);
    }
}

static void assert_same_actor(const dsr_actor *a, const dsr_actor *b)
{
    assert_same_span(a->span, b->span);
    assert_int_equal(a->entity, b->entity);
    assert_int_equal(a->side, b->side);
    assert_same_slice(a->code, b->code);
}

static void assert_same_actors(const dsr_actors *a, const dsr_actors *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_same_actor(&a->items[i], &b->items[i]);
    }
}

static void assert_same_events(const dsr_report *a, const dsr_report *b)
{
    assert_int_equal(a->events.count, b->events.count);
    for (size_t i = 0; i < a->events.count; i++) {
        const dsr_event *one = &a->events.items[i], *other = &b->events.items[i];
        assert_same_span(one->span, other->span);
        assert_same_span(one->action, other->action);
        assert_same_span(one->when, other->when);
        assert_same_span(one->where, other->where);
        assert_int_equal(one->type, other->type);
        assert_int_equal(one->realis, other->realis);
        assert_same_slice(one->mode, other->mode);
        assert_same_slice(one->cameo, other->cameo);
        assert_same_slice(one->rule, other->rule);
        assert_same_actors(&one->sources, &other->sources);
        assert_same_actors(&one->targets, &other->targets);
        assert_same_actor(&one->told_by, &other->told_by);
    }
    assert_int_equal(a->positions.count, b->positions.count);
    for (size_t i = 0; i < a->positions.count; i++) {
        const dsr_position *one = &a->positions.items[i], *other = &b->positions.items[i];
        assert_same_span(one->span, other->span);
        assert_same_span(one->answers, other->answers);
        assert_int_equal(one->stance, other->stance);
        assert_same_actor(&one->party, &other->party);
        assert_same_actor(&one->speaker, &other->speaker);
        assert_same_actors(&one->toward, &other->toward);
        assert_same_slice(one->issue, other->issue);
        assert_same_slice(one->rule, other->rule);
    }
}

static void assert_same_lists(const dsr_report *a, const dsr_report *b)
{
    assert_int_equal(a->source_map.count, b->source_map.count);
    for (size_t i = 0; i < a->source_map.count; i++) {
        assert_same_span(a->source_map.items[i].text, b->source_map.items[i].text);
        assert_int_equal(a->source_map.items[i].source.start, b->source_map.items[i].source.start);
        assert_int_equal(a->source_map.items[i].source.end, b->source_map.items[i].source.end);
        assert_int_equal(a->source_map.items[i].unit, b->source_map.items[i].unit);
    }
    assert_int_equal(a->blocks.count, b->blocks.count);
    for (size_t i = 0; i < a->blocks.count; i++) {
        assert_same_span(a->blocks.items[i].span, b->blocks.items[i].span);
        assert_int_equal(a->blocks.items[i].kind, b->blocks.items[i].kind);
        assert_int_equal(a->blocks.items[i].level, b->blocks.items[i].level);
    }
    assert_int_equal(a->furniture.count, b->furniture.count);
    for (size_t i = 0; i < a->furniture.count; i++) {
        assert_same_span(a->furniture.items[i].span, b->furniture.items[i].span);
        assert_int_equal(a->furniture.items[i].kind, b->furniture.items[i].kind);
    }
    assert_int_equal(a->sentences.count, b->sentences.count);
    for (size_t i = 0; i < a->sentences.count; i++) {
        assert_same_span(a->sentences.items[i], b->sentences.items[i]);
    }
    assert_same_names(a, b);
    assert_same_measures(a, b);
    assert_int_equal(a->quotes.count, b->quotes.count);
    for (size_t i = 0; i < a->quotes.count; i++) {
        assert_same_span(a->quotes.items[i].span, b->quotes.items[i].span);
        assert_int_equal(a->quotes.items[i].kind, b->quotes.items[i].kind);
        assert_int_equal(a->quotes.items[i].quotation, b->quotes.items[i].quotation);
        assert_same_span(a->quotes.items[i].speaker, b->quotes.items[i].speaker);
        assert_same_span(a->quotes.items[i].cue, b->quotes.items[i].cue);
        assert_same_span(a->quotes.items[i].audience, b->quotes.items[i].audience);
        assert_int_equal(a->quotes.items[i].entity, b->quotes.items[i].entity);
        assert_int_equal(a->quotes.items[i].confidence, b->quotes.items[i].confidence);
        assert_int_equal(a->quotes.items[i].medium, b->quotes.items[i].medium);
        assert_int_equal(a->quotes.items[i].how, b->quotes.items[i].how);
    }
    assert_same_events(a, b);
    assert_int_equal(a->credits.count, b->credits.count);
    for (size_t i = 0; i < a->credits.count; i++) {
        assert_same_span(a->credits.items[i].span, b->credits.items[i].span);
        assert_same_slice(a->credits.items[i].agency, b->credits.items[i].agency);
    }
}

void assert_same_report(const dsr_report *a, const dsr_report *b)
{
    assert_int_equal(dsr_id_compare(a->id, b->id), 0);
    assert_int_equal(dsr_id_compare(a->key, b->key), 0);
    assert_same_slice(a->source.path, b->source.path);
    assert_same_slice(a->source.record, b->source.record);
    assert_same_slice(a->source.guid, b->source.guid);
    assert_same_slice(a->source.url, b->source.url);
    assert_same_slice(a->source.format, b->source.format);
    assert_same_slice(a->source.encoding, b->source.encoding);
    assert_memory_equal(a->source.sha256.bytes, b->source.sha256.bytes, 32);
    assert_same_meta(&a->meta, &b->meta);
    assert_same_slice(a->text, b->text);
    assert_same_lists(a, b);
    assert_same_slices(&a->warnings, &b->warnings);
}
