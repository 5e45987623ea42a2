/* Ids: their text, and what a report's id does and does not depend on. */
#include "make_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void text_and_back(void **state)
{
    (void)state;
    dsr_id id = {{0}};
    assert_true(dsr_id_is_none(id));
    for (unsigned i = 0; i < 16; i++) {
        id.bytes[i] = (uint8_t)(i * 17);
    }
    char text[DSR_ID_TEXT];
    dsr_id_format(id, text);
    assert_string_equal(text, "00112233445566778899aabbccddeeff");
    dsr_id back = {{0}};
    assert_true(dsr_id_parse(dsr_slice_of(text), &back));
    assert_int_equal(dsr_id_compare(id, back), 0);
    assert_false(dsr_id_is_none(back));
}

static void what_is_no_id(void **state)
{
    (void)state;
    dsr_id id = {{7}};
    const char *const bad[] = {"",
                               "00",
                               "00112233445566778899aabbccddeef",
                               "00112233445566778899aabbccddeefff",
                               "00112233445566778899aabbccddeefg",
                               " 0112233445566778899aabbccddeeff",
                               "0x112233445566778899aabbccddeeff"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(dsr_id_parse(dsr_slice_of(bad[i]), &id));
    }
    assert_false(dsr_id_parse(DSR_SLICE_NONE, &id));
    assert_int_equal(id.bytes[0], 7);
}

static void order_is_that_of_bytes(void **state)
{
    (void)state;
    dsr_id a = {{0, 0xff}};
    dsr_id b = {{0x80}};
    assert_true(dsr_id_compare(a, b) < 0);
    assert_true(dsr_id_compare(b, a) > 0);
    dsr_id last = {{0}};
    last.bytes[15] = 1;
    assert_false(dsr_id_is_none(last));
}

static dsr_report report_of(const char *bytes, const char *url, const char *guid)
{
    dsr_report report = make_plain_report("text");
    report.source.sha256 = dsr_sha256(dsr_slice_of(bytes));
    report.source.url = dsr_slice_of(url);
    report.source.guid = dsr_slice_of(guid);
    return report;
}

static dsr_report identified(const char *bytes, const char *url, const char *guid, const char *outlet)
{
    dsr_report report = report_of(bytes, url, guid);
    dsr_report_identify(&report, dsr_slice_of(outlet));
    assert_false(dsr_id_is_none(report.id));
    return report;
}

static void without_a_key_the_bytes_alone_count(void **state)
{
    (void)state;
    dsr_report a = report_of("bytes", NULL, NULL);
    dsr_report b = a;
    a.source.path = DSR_SLICE("one.txt");
    a.source.record = DSR_SLICE("17");
    b.source.path = DSR_SLICE("two.txt");
    b.text = DSR_SLICE("read by a better reader");
    b.meta.outlet = DSR_SLICE("found in the text");
    dsr_report_identify(&a, DSR_SLICE_NONE);
    dsr_report_identify(&b, DSR_SLICE("An Outlet"));
    assert_int_equal(dsr_id_compare(a.id, b.id), 0);
    assert_true(dsr_id_is_none(a.key));
    assert_true(dsr_id_is_none(b.key));
    assert_memory_equal(a.id.bytes, a.source.sha256.bytes, 16);
}

static void the_url_is_the_key(void **state)
{
    (void)state;
    dsr_report a = identified("bytes", "https://a.example/1", "g1", "One");
    dsr_report b = identified("bytes", " https://a.example/1\n", "g2", "Two");
    dsr_report newer = identified("other bytes", "https://a.example/1", NULL, NULL);
    dsr_report elsewhere = identified("bytes", "https://b.example/1", NULL, NULL);
    assert_int_equal(dsr_id_compare(a.key, b.key), 0);
    assert_int_equal(dsr_id_compare(a.id, b.id), 0);
    assert_int_equal(dsr_id_compare(a.key, newer.key), 0);
    assert_int_not_equal(dsr_id_compare(a.id, newer.id), 0);
    assert_int_not_equal(dsr_id_compare(a.key, elsewhere.key), 0);
    assert_int_not_equal(dsr_id_compare(a.id, elsewhere.id), 0);
}

static void a_guid_counts_with_its_outlet(void **state)
{
    (void)state;
    dsr_report a = identified("bytes", NULL, "1", "One");
    dsr_report version = identified("other", NULL, "1", "One");
    dsr_report other_outlet = identified("bytes", NULL, "1", "Two");
    dsr_report nobody = identified("bytes", "  ", "1", NULL);
    dsr_report glued = identified("bytes", NULL, "ne1", "O"); /* the pieces must not run into each other */
    dsr_report glued_too = identified("bytes", NULL, "e1", "On");
    assert_int_equal(dsr_id_compare(a.key, version.key), 0);
    assert_int_not_equal(dsr_id_compare(a.id, version.id), 0);
    assert_int_not_equal(dsr_id_compare(a.key, other_outlet.key), 0);
    assert_int_not_equal(dsr_id_compare(a.id, other_outlet.id), 0);
    assert_true(dsr_id_is_none(nobody.key));
    assert_int_not_equal(dsr_id_compare(glued.key, glued_too.key), 0);
}

static void identify_twice_is_identify_once(void **state)
{
    (void)state;
    dsr_report a = identified("bytes", "https://a.example/1", NULL, NULL);
    dsr_report b = a;
    dsr_report_identify(&b, DSR_SLICE_NONE);
    assert_int_equal(dsr_id_compare(a.id, b.id), 0);
    b.source.url = DSR_SLICE_NONE;
    dsr_report_identify(&b, DSR_SLICE_NONE);
    assert_true(dsr_id_is_none(b.key)); /* an old key does not stay */
}

/* Ids are kept in stores: they must never change with a version of the program. */
static void ids_stay_what_they_are(void **state)
{
    (void)state;
    char text[DSR_ID_TEXT];
    dsr_id_format(identified("bytes", NULL, NULL, NULL).id, text);
    assert_string_equal(text, "277089d91c0bdf4f2e6862ba7e4a0760");
    dsr_id_format(identified("bytes", "https://a.example/1", NULL, NULL).id, text);
    assert_string_equal(text, "f881d11cde2957d21820500c6264cc5f");
    dsr_id_format(identified("bytes", NULL, "1", "One").id, text);
    assert_string_equal(text, "e1fab2863e666025209974008b3cca25");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_back),
        cmocka_unit_test(what_is_no_id),
        cmocka_unit_test(order_is_that_of_bytes),
        cmocka_unit_test(without_a_key_the_bytes_alone_count),
        cmocka_unit_test(the_url_is_the_key),
        cmocka_unit_test(a_guid_counts_with_its_outlet),
        cmocka_unit_test(identify_twice_is_identify_once),
        cmocka_unit_test(ids_stay_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
