/* The packed record: there and back, the same bytes each time, and no damage that passes or harms. */
#include "base/limits.h"
#include "make_report.h"
#include "model/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { HEADER = 12 };

static void pack(dsr_buffer *to, const dsr_report *report)
{
    dsr_buffer_open(to, 0);
    dsr_report_pack(to, report);
    assert_int_equal(to->status, DSR_OK);
}

/* Unpacks from a block that ends where the record ends, so that the sanitizer sees every step behind it. */
static dsr_status unpack_exact(dsr_arena *arena, dsr_slice packed, dsr_report *out, dsr_error *error)
{
    char *exact = malloc(packed.len > 0 ? packed.len : 1);
    assert_non_null(exact);
    if (packed.len > 0) {
        memcpy(exact, packed.ptr, packed.len);
    }
    dsr_status status = dsr_report_unpack(arena, (dsr_slice){exact, packed.len}, out, error);
    free(exact); /* nothing may point into it afterwards */
    return status;
}

static void fix_checksum(dsr_buffer *packed)
{
    uint64_t sum = dsr_hash64((dsr_slice){packed->data + HEADER, packed->len - HEADER}, 0);
    for (size_t i = 0; i < 8; i++) {
        packed->data[4 + i] = (char)(unsigned char)(sum >> (8 * i));
    }
}

static void there_and_back(void **state)
{
    (void)state;
    static const size_t pieces[] = {0, 1, 5, 60, 400, 900, 5000};
    dsr_arena *arena = dsr_arena_new(0);
    for (uint64_t seed = 0; seed < 140; seed++) {
        dsr_report report = make_report(arena, seed, pieces[seed % 7]);
        dsr_buffer packed;
        pack(&packed, &report);
        dsr_report back;
        dsr_error error;
        dsr_error_clear(&error);
        if (unpack_exact(arena, dsr_buffer_slice(&packed), &back, &error) != DSR_OK) {
            fail_msg("seed %u: %s", (unsigned)seed, error.message);
        }
        assert_same_report(&report, &back);
        dsr_buffer again;
        pack(&again, &back);
        assert_true(dsr_slice_equal(dsr_buffer_slice(&packed), dsr_buffer_slice(&again)));
        dsr_buffer_drop(&again);
        dsr_buffer_drop(&packed);
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
}

static void further_paths_are_left_out(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_report(arena, 1, 20);
    dsr_buffer without;
    dsr_buffer with;
    pack(&without, &report);
    dsr_slice path = DSR_SLICE("elsewhere.txt");
    report.source.more_paths.items = &path;
    report.source.more_paths.count = 1;
    pack(&with, &report);
    assert_true(dsr_slice_equal(dsr_buffer_slice(&with), dsr_buffer_slice(&without)));
    dsr_buffer_drop(&with);
    dsr_buffer_drop(&without);
    dsr_arena_drop(arena);
}

static void records_stand_behind_one_another(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report first = make_report(arena, 1, 30);
    dsr_report second = make_report(arena, 2, 3000);
    dsr_buffer both;
    pack(&both, &first);
    size_t cut = both.len;
    dsr_report_pack(&both, &second);
    assert_int_equal(both.status, DSR_OK);
    dsr_report back;
    dsr_slice all = dsr_buffer_slice(&both);
    assert_int_equal(unpack_exact(arena, dsr_slice_part(all, 0, cut), &back, NULL), DSR_OK);
    assert_same_report(&first, &back);
    assert_int_equal(unpack_exact(arena, dsr_slice_part(all, cut, all.len), &back, NULL), DSR_OK);
    assert_same_report(&second, &back);
    dsr_buffer_drop(&both);
    dsr_arena_drop(arena);
}

/* Beyond its text a news report takes a few hundred bytes, 12 KB at most; long texts shrink. */
static void records_are_small(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    for (uint64_t seed = 0; seed < 50; seed++) {
        dsr_report report = make_report(arena, seed, 500);
        dsr_buffer packed;
        pack(&packed, &report);
        assert_true(packed.len < report.text.len + 12288);
        dsr_buffer_drop(&packed);
        report = make_report(arena, seed, 5000);
        report.times.count = report.figures.count = report.names.count = report.references.count =
            report.roles.count = report.entities.count = report.events.count = report.positions.count = 0;
        pack(&packed, &report);
        assert_true(packed.len < report.text.len);
        dsr_buffer_drop(&packed);
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
}

/* What zstd cannot shrink is kept as it is. Only bytes that are no text are so random, so the way back ends
 * at the check of the text, which has then been reached. */
static void noise_is_kept_raw(void **state)
{
    (void)state;
    char noise[9000];
    dice d = {99};
    for (size_t i = 0; i < sizeof noise; i++) {
        noise[i] = (char)(unsigned char)dice_roll(&d, 256);
    }
    dsr_report report = {0};
    report.text = (dsr_slice){noise, sizeof noise};
    dsr_buffer packed;
    pack(&packed, &report);
    assert_true(packed.len > sizeof noise && packed.len < sizeof noise + 200);
    assert_true(dsr_slice_find(dsr_buffer_slice(&packed), report.text, 0) != SIZE_MAX);
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report back;
    dsr_error error;
    dsr_error_clear(&error);
    assert_int_equal(unpack_exact(arena, dsr_buffer_slice(&packed), &back, &error), DSR_ERR_STORE);
    assert_non_null(strstr(error.message, "the text is not UTF-8"));
    dsr_buffer_drop(&packed);
    dsr_arena_drop(arena);
}

/* What was left out of a page belongs to the call that read it; the record is the same without it. */
static void what_was_left_out_is_not_kept(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_report(arena, 7, 60);
    dsr_buffer without;
    dsr_buffer with;
    pack(&without, &report);
    dsr_left_part part = {{1, 9}, 2, DSR_SLICE("navigation"), DSR_SLICE("Home")};
    report.left.items = &part;
    report.left.count = 1;
    report.labelled = true;
    pack(&with, &report);
    assert_true(dsr_slice_equal(dsr_buffer_slice(&with), dsr_buffer_slice(&without)));
    dsr_report back;
    dsr_error error;
    dsr_error_clear(&error);
    assert_int_equal(unpack_exact(arena, dsr_buffer_slice(&with), &back, &error), DSR_OK);
    assert_int_equal(back.left.count, 0);
    assert_false(back.labelled);
    dsr_buffer_drop(&with);
    dsr_buffer_drop(&without);
    dsr_arena_drop(arena);
}

/* The bytes of version 8 must not change: stores have them. */
static void the_form_stays_what_it_is(void **state)
{
    (void)state;
    dsr_report report = make_plain_report("One sentence.");
    report.source.path = DSR_SLICE("a.txt");
    report.source.sha256 = dsr_sha256(report.text);
    dsr_report_identify(&report, DSR_SLICE_NONE);
    dsr_span sentence = {0, 13};
    report.sentences.items = &sentence;
    report.sentences.count = 1;
    dsr_buffer packed;
    pack(&packed, &report);
    char hex[65];
    dsr_digest digest = dsr_sha256(dsr_buffer_slice(&packed));
    dsr_hex(digest.bytes, 32, hex);
    assert_int_equal(packed.len, 141);
    assert_string_equal(hex, "a77bbd2b0ff98fc0ea358273c90337b10fc9009039616d4c254da37c36dc428d");
    dsr_buffer_drop(&packed);
}

static void check_refused(dsr_arena *arena, dsr_slice packed)
{
    dsr_report out = make_plain_report("untouched");
    dsr_error error;
    dsr_error_clear(&error);
    dsr_status status = unpack_exact(arena, packed, &out, &error);
    assert_true(status == DSR_ERR_STORE || status == DSR_ERR_VERSION);
    assert_int_equal(error.status, status);
    assert_true(strlen(error.message) > 20);
    assert_string_equal(out.text.ptr, "untouched");
}

static void every_single_damaged_byte_is_found(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_arena *out = dsr_arena_new(0);
    for (uint64_t seed = 0; seed < 3; seed++) {
        dsr_report report = make_report(arena, seed, seed == 2 ? 1200 : 40);
        dsr_buffer packed;
        pack(&packed, &report);
        for (size_t i = 0; i < packed.len; i++) {
            char kept = packed.data[i];
            static const unsigned char flips[] = {0x01, 0x80, 0xff};
            for (size_t k = 0; k < sizeof flips; k++) {
                packed.data[i] = (char)((unsigned char)kept ^ flips[k]);
                check_refused(out, dsr_buffer_slice(&packed));
            }
            packed.data[i] = kept;
            dsr_arena_reset(out);
        }
        dsr_buffer_drop(&packed);
    }
    dsr_arena_drop(out);
    dsr_arena_drop(arena);
}

static void every_truncation_is_found(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_report(arena, 5, 300);
    dsr_buffer packed;
    pack(&packed, &report);
    for (size_t len = 0; len < packed.len; len++) {
        check_refused(arena, dsr_slice_part(dsr_buffer_slice(&packed), 0, len));
    }
    dsr_buffer_append_char(&packed, 'x');
    check_refused(arena, dsr_buffer_slice(&packed));
    check_refused(arena, DSR_SLICE_NONE);
    dsr_buffer_drop(&packed);
    dsr_arena_drop(arena);
}

/* Somebody who damages a record and mends its checksum gets a clean refusal, or a record that is sound. */
static void damage_with_a_right_checksum_does_no_harm(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_arena *out = dsr_arena_new(0);
    size_t sound = 0;
    size_t refused = 0;
    for (uint64_t seed = 0; seed < 4; seed++) {
        dsr_report report = make_report(arena, seed, seed == 3 ? 1000 : 50);
        dsr_buffer packed;
        pack(&packed, &report);
        for (size_t i = HEADER; i < packed.len; i++) {
            char kept = packed.data[i];
            static const unsigned char flips[] = {0x01, 0x02, 0x80, 0xff};
            for (size_t k = 0; k < sizeof flips; k++) {
                packed.data[i] = (char)((unsigned char)kept ^ flips[k]);
                fix_checksum(&packed);
                dsr_report back;
                dsr_status status = unpack_exact(out, dsr_buffer_slice(&packed), &back, NULL);
                assert_true(status == DSR_OK || status == DSR_ERR_STORE || status == DSR_ERR_LIMIT);
                assert_true(status != DSR_OK || dsr_report_is_sound(&back, NULL));
                *(status == DSR_OK ? &sound : &refused) += 1;
                dsr_arena_reset(out);
            }
            packed.data[i] = kept;
        }
        for (size_t len = HEADER; len < packed.len; len++) {
            dsr_buffer cut;
            dsr_buffer_open(&cut, 0);
            dsr_buffer_append(&cut, dsr_slice_part(dsr_buffer_slice(&packed), 0, len));
            fix_checksum(&cut);
            dsr_report back;
            assert_int_equal(unpack_exact(out, dsr_buffer_slice(&cut), &back, NULL), DSR_ERR_STORE);
            dsr_buffer_drop(&cut);
            dsr_arena_reset(out);
        }
        dsr_buffer_drop(&packed);
    }
    assert_true(sound > 100 && refused > 100); /* both happen, so both were tried */
    dsr_arena_drop(out);
    dsr_arena_drop(arena);
}

/* A record that is not sound can be written (a bug must not be hidden), but is not lent out again. */
static void what_is_not_sound_is_refused(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report("a\xc3\xa9");
    dsr_span sentences[] = {{0, 1}, {UINT32_MAX, 0}};
    report.sentences.items = sentences;
    report.sentences.count = 2;
    dsr_buffer packed;
    pack(&packed, &report);
    dsr_report back;
    dsr_error error;
    dsr_error_clear(&error);
    assert_int_equal(unpack_exact(arena, dsr_buffer_slice(&packed), &back, &error), DSR_ERR_STORE);
    assert_non_null(strstr(error.message, "sentence"));
    dsr_buffer_drop(&packed);
    dsr_arena_drop(arena);
}

static void a_newer_form_is_told_apart_from_damage(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report("text");
    dsr_buffer packed;
    pack(&packed, &report);
    dsr_error error;
    dsr_error_clear(&error);
    dsr_report back;
    packed.data[3] = DSR_PACK_VERSION + 1;
    assert_int_equal(unpack_exact(arena, dsr_buffer_slice(&packed), &back, &error), DSR_ERR_VERSION);
    assert_non_null(strstr(error.message, "newer version"));
    packed.data[3] = 0;
    assert_int_equal(unpack_exact(arena, dsr_buffer_slice(&packed), &back, &error), DSR_ERR_STORE);
    assert_true(error.has_position);
    dsr_buffer_drop(&packed);
    dsr_arena_drop(arena);
}

/* The head of a record up to its text: three ids, six fields of source and the fields of meta, all empty. */
static void open_forged(dsr_buffer *packed)
{
    dsr_report report = make_plain_report("");
    pack(packed, &report);
    packed->len -= 17; /* text (2), source map, blocks, furniture, sentences, entities, names, references,
                          roles, quotes, credits, times, figures, events, positions, warnings */
}

static dsr_status unpack_forged(dsr_buffer *packed, dsr_arena *arena)
{
    assert_int_equal(packed->status, DSR_OK);
    fix_checksum(packed);
    dsr_report back;
    dsr_status status = unpack_exact(arena, dsr_buffer_slice(packed), &back, NULL);
    dsr_buffer_drop(packed);
    return status;
}

static void forged_lengths_cost_nothing(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    static const uint64_t lengths[] = {5, 1 << 24, UINT32_MAX, (uint64_t)UINT32_MAX + 1, UINT64_MAX};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        dsr_buffer packed;
        open_forged(&packed);
        dsr_buffer_append_char(&packed, 0); /* raw text that is not there */
        dsr_buffer_append_varint(&packed, lengths[i]);
        dsr_status status = unpack_forged(&packed, arena);
        assert_int_equal(status, lengths[i] > DSR_LIMIT_TEXT_BYTES ? DSR_ERR_LIMIT : DSR_ERR_STORE);
        open_forged(&packed);
        dsr_buffer_append_bytes(&packed, "\0", 2); /* no text, and a source map that is not there */
        dsr_buffer_append_varint(&packed, lengths[i]);
        assert_int_equal(unpack_forged(&packed, arena), DSR_ERR_STORE);
    }
    assert_true(dsr_arena_used(arena) < 4096);
    dsr_arena_drop(arena);
}

static void the_text_limit_holds_on_both_sides(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    char *large = malloc(DSR_LIMIT_TEXT_BYTES + 1);
    assert_non_null(large);
    memset(large, 'a', DSR_LIMIT_TEXT_BYTES + 1);
    dsr_report report = {0};
    report.text = (dsr_slice){large, DSR_LIMIT_TEXT_BYTES};
    dsr_buffer packed;
    pack(&packed, &report);
    assert_true(packed.len < 100000); /* it is compressed */
    dsr_report back;
    assert_int_equal(unpack_exact(arena, dsr_buffer_slice(&packed), &back, NULL), DSR_OK);
    assert_int_equal(back.text.len, DSR_LIMIT_TEXT_BYTES);
    dsr_buffer_reset(&packed);
    report.text.len++;
    dsr_report_pack(&packed, &report);
    assert_int_equal(packed.status, DSR_ERR_LIMIT);
    dsr_buffer_drop(&packed);
    free(large);
    dsr_arena_drop(arena);
}

/* A buffer that failed before, or that is too small, keeps its failure and is not written past. */
static void failures_stay_in_the_buffer(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_report(arena, 3, 2000);
    dsr_buffer whole;
    pack(&whole, &report);
    for (size_t ceiling = 1; ceiling < whole.len; ceiling += 37) {
        dsr_buffer small;
        dsr_buffer_open(&small, ceiling);
        dsr_report_pack(&small, &report);
        assert_int_equal(small.status, DSR_ERR_LIMIT);
        assert_true(small.len <= ceiling);
        dsr_buffer_drop(&small);
    }
    dsr_buffer_drop(&whole);
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(further_paths_are_left_out),
        cmocka_unit_test(records_stand_behind_one_another),
        cmocka_unit_test(records_are_small),
        cmocka_unit_test(noise_is_kept_raw),
        cmocka_unit_test(what_was_left_out_is_not_kept),
        cmocka_unit_test(the_form_stays_what_it_is),
        cmocka_unit_test(every_single_damaged_byte_is_found),
        cmocka_unit_test(every_truncation_is_found),
        cmocka_unit_test(damage_with_a_right_checksum_does_no_harm),
        cmocka_unit_test(what_is_not_sound_is_refused),
        cmocka_unit_test(a_newer_form_is_told_apart_from_damage),
        cmocka_unit_test(forged_lengths_cost_nothing),
        cmocka_unit_test(the_text_limit_holds_on_both_sides),
        cmocka_unit_test(failures_stay_in_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
