/* Corrections as bytes: what was packed comes back, and nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "model/correction.h"

typedef struct sample {
    dsr_arena *arena;
    dsr_correction correction;
    dsr_buffer packed;
} sample;

static dsr_id id(uint8_t first)
{
    dsr_id made = {{0}};
    made.bytes[0] = first;
    return made;
}

static void add_report(sample *s, uint8_t first)
{
    assert_int_equal(DSR_LIST_RESERVE(s->arena, &s->correction.reports, 1), DSR_OK);
    s->correction.reports.items[s->correction.reports.count++] =
        (dsr_correction_report){id(first), id((uint8_t)(first + 100))};
}

/* A split of two reports with three mentions, taken back before the year 1970. */
static void open_sample(sample *s)
{
    s->arena = dsr_arena_new(0);
    s->correction = (dsr_correction){.number = 9, .kind = DSR_CORRECTION_PEOPLE_SPLIT, .undone = true};
    dsr_correction *c = &s->correction;
    c->said = (dsr_correction_said){DSR_SLICE("Zoë"), DSR_SLICE("not \"her\""), INT64_MAX};
    c->undo = (dsr_correction_said){DSR_SLICE("b"), DSR_SLICE(""), INT64_MIN};
    c->entities[0] = DSR_SLICE("per-a");
    c->entities[1] = DSR_SLICE("");
    add_report(s, 1);
    add_report(s, 2);
    assert_int_equal(DSR_LIST_RESERVE(s->arena, &c->mentions, 3), DSR_OK);
    for (uint32_t i = 0; i < 3; i++) {
        c->mentions.items[c->mentions.count++] = (dsr_correction_mention){i / 2, DSR_SLICE("per-b")};
    }
    dsr_buffer_open(&s->packed, 0);
    dsr_correction_pack(&s->packed, c);
    assert_int_equal(s->packed.status, DSR_OK);
}

static void close_sample(sample *s)
{
    dsr_buffer_drop(&s->packed);
    dsr_arena_drop(s->arena);
}

static bool unpacks(sample *s, dsr_slice packed, dsr_correction *out)
{
    bool good = true;
    assert_int_equal(dsr_correction_unpack(s->arena, packed, out, &good), DSR_OK);
    return good;
}

static void what_was_packed_comes_back(void **state)
{
    (void)state;
    sample s;
    dsr_correction c;
    open_sample(&s);
    assert_true(unpacks(&s, dsr_buffer_slice(&s.packed), &c));
    assert_int_equal(c.kind, DSR_CORRECTION_PEOPLE_SPLIT);
    assert_true(c.undone && !c.alone && !c.emptied);
    assert_true(c.said.when == INT64_MAX && c.undo.when == INT64_MIN);
    assert_true(dsr_slice_equal(c.said.who, DSR_SLICE("Zoë")));
    assert_true(dsr_slice_equal(c.entities[0], DSR_SLICE("per-a")));
    assert_int_equal(c.reports.count, 2);
    assert_int_equal(c.reports.items[1].source.bytes[0], 102);
    assert_int_equal(c.mentions.count, 3);
    assert_int_equal(c.mentions.items[2].report, 1);
    close_sample(&s);
}

static void cut_off_or_longer_it_is_damaged(void **state)
{
    (void)state;
    sample s;
    dsr_correction c;
    open_sample(&s);
    for (size_t length = 0; length < s.packed.len; length++) {
        assert_false(unpacks(&s, dsr_slice_part(dsr_buffer_slice(&s.packed), 0, length), &c));
    }
    dsr_buffer_append_char(&s.packed, 0);
    assert_false(unpacks(&s, dsr_buffer_slice(&s.packed), &c));
    close_sample(&s);
}

/* Any byte turned gives a sound correction or none; what it names is there. */
static void turned_bytes_are_borne(void **state)
{
    (void)state;
    sample s;
    open_sample(&s);
    for (size_t at = 0; at < s.packed.len; at++) {
        for (unsigned turn = 1; turn < 256; turn++) {
            dsr_correction c;
            char was = s.packed.data[at];
            s.packed.data[at] = (char)((unsigned char)was ^ turn);
            if (unpacks(&s, dsr_buffer_slice(&s.packed), &c)) {
                for (size_t i = 0; i < c.mentions.count; i++) {
                    assert_true(c.mentions.items[i].report < c.reports.count);
                }
            }
            s.packed.data[at] = was;
        }
        dsr_arena_reset(s.arena);
    }
    close_sample(&s);
}

static void what_names_too_little_is_none(void **state)
{
    (void)state;
    for (int kind = DSR_CORRECTION_PEOPLE_MERGE; kind <= DSR_CORRECTION_NO_COPY; kind++) {
        sample s = {.arena = dsr_arena_new(0)};
        dsr_correction c;
        s.correction.kind = (dsr_correction_kind)kind;
        dsr_buffer_open(&s.packed, 0);
        dsr_correction_pack(&s.packed, &s.correction);
        assert_false(unpacks(&s, dsr_buffer_slice(&s.packed), &c));
        close_sample(&s);
    }
}

static void reports_have_a_limit(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        sample s;
        dsr_correction c;
        open_sample(&s);
        while (s.correction.reports.count < DSR_LIMIT_CORRECTION_REPORTS + more) {
            add_report(&s, 3);
        }
        dsr_buffer_reset(&s.packed);
        dsr_correction_pack(&s.packed, &s.correction);
        assert_int_equal(unpacks(&s, dsr_buffer_slice(&s.packed), &c), more == 0);
        close_sample(&s);
    }
}

static void json_has_it_all(void **state)
{
    (void)state;
    sample s;
    open_sample(&s);
    dsr_buffer_reset(&s.packed);
    dsr_correction_write_json(&s.packed, &s.correction);
    dsr_buffer_append_char(&s.packed, '\0');
    assert_string_equal(
        s.packed.data,
        "{\"schema\":\"dossier.correction/"
        "1\",\"number\":9,\"kind\":\"people_split\",\"entities\":[\"per-a\"],"
        "\"reports\":[\"01000000000000000000000000000000\",\"02000000000000000000000000000000\"],"
        "\"from\":null,\"to\":null,\"alone\":false,\"who\":\"Zoë\",\"when\":\"9999-12-31T23:59:59Z\","
        "\"why\":\"not "
        "\\\"her\\\"\",\"undone\":{\"who\":\"b\",\"when\":\"0000-01-01T00:00:00Z\",\"why\":null}}");
    close_sample(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_comes_back), cmocka_unit_test(cut_off_or_longer_it_is_damaged),
        cmocka_unit_test(turned_bytes_are_borne),     cmocka_unit_test(what_names_too_little_is_none),
        cmocka_unit_test(reports_have_a_limit),       cmocka_unit_test(json_has_it_all),
    };
    return cmocka_run_group_tests_name("model correction", tests, NULL, NULL);
}
