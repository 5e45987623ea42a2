/* Writing JSON: commas, escapes, numbers, depth, and that a reader gets back what was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static void assert_written(dsr_buffer *buffer, const char *expected)
{
    assert_int_equal(buffer->status, DSR_OK);
    dsr_slice s = dsr_buffer_slice(buffer);
    assert_int_equal(s.len, strlen(expected));
    assert_memory_equal(s.ptr, expected, s.len);
    dsr_buffer_drop(buffer);
}

static void assert_string(dsr_slice value, const char *expected)
{
    dsr_buffer buffer;
    dsr_json_out json;
    dsr_buffer_open(&buffer, 0);
    dsr_json_open(&json, &buffer);
    dsr_json_string(&json, value);
    assert_written(&buffer, expected);
}

static void commas_stand_between(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_json_out json;
    dsr_buffer_open(&buffer, 0);
    dsr_json_open(&json, &buffer);
    dsr_json_object(&json);
    dsr_json_key(&json, "empty");
    dsr_json_array(&json);
    dsr_json_array_end(&json);
    dsr_json_key(&json, "list");
    dsr_json_array(&json);
    dsr_json_u64(&json, 1);
    dsr_json_object(&json);
    dsr_json_object_end(&json);
    dsr_json_array(&json);
    dsr_json_null(&json);
    dsr_json_bool(&json, true);
    dsr_json_array_end(&json);
    dsr_json_string(&json, DSR_SLICE("x"));
    dsr_json_array_end(&json);
    dsr_json_key(&json, "last");
    dsr_json_object(&json);
    dsr_json_key(&json, "a");
    dsr_json_bool(&json, false);
    dsr_json_key(&json, "b");
    dsr_json_i64(&json, -1);
    dsr_json_object_end(&json);
    dsr_json_object_end(&json);
    assert_written(&buffer,
                   "{\"empty\":[],\"list\":[1,{},[null,true],\"x\"],\"last\":{\"a\":false,\"b\":-1}}");
}

static void one_writer_writes_several_lines(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_json_out json;
    dsr_buffer_open(&buffer, 0);
    dsr_json_open(&json, &buffer);
    for (uint64_t i = 0; i < 2; i++) {
        dsr_json_object(&json);
        dsr_json_key(&json, "n");
        dsr_json_u64(&json, i);
        dsr_json_object_end(&json);
        dsr_buffer_append_char(&buffer, '\n');
    }
    assert_written(&buffer, "{\"n\":0}\n{\"n\":1}\n");
}

static void escapes_what_must_be(void **state)
{
    (void)state;
    assert_string(DSR_SLICE(""), "\"\"");
    assert_string(DSR_SLICE_NONE, "null");
    assert_string(DSR_SLICE("say \"no\" \\ /"), "\"say \\\"no\\\" \\\\ /\"");
    assert_string(DSR_SLICE("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
    assert_string(DSR_SLICE("a\0b"), "\"a\\u0000b\"");
    assert_string(DSR_SLICE("\x01\x1b\x1f\x20\x7e\x7f"), "\"\\u0001\\u001b\\u001f ~\\u007f\"");
    assert_string(DSR_SLICE("\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0"), "\"\\u0080\\u009b\\u009f\xc2\xa0\"");
    assert_string(DSR_SLICE("\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa"),
                  "\"\xe2\x80\xa7\\u2028\\u2029\xe2\x80\xaa\"");
    assert_string(DSR_SLICE("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
                  "\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"");
}

static void broken_text_becomes_whole(void **state)
{
    (void)state;
    assert_string(DSR_SLICE("a\xff"
                            "b"),
                  "\"a\xef\xbf\xbd"
                  "b\"");
    assert_string(DSR_SLICE("\xc3"), "\"\xef\xbf\xbd\"");
    assert_string(DSR_SLICE("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_string(DSR_SLICE("\xc0\xaf"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_string(DSR_SLICE("\xef\xbf\xbd"), "\"\xef\xbf\xbd\""); /* the character itself is fine */
    assert_string(DSR_SLICE("\xf0\x9f\x98"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

/* Each byte that is not plain, at each place around the steps of eight. */
static void the_fast_way_misses_nothing(void **state)
{
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++) {
        for (size_t length = 1; length < 20; length++) {
            for (size_t at = 0; at < length; at++) {
                char *text = malloc(length);
                assert_non_null(text);
                memset(text, 'a', length);
                text[at] = (char)byte;
                dsr_buffer buffer;
                dsr_json_out json;
                dsr_buffer_open(&buffer, 0);
                dsr_json_open(&json, &buffer);
                dsr_json_string(&json, (dsr_slice){text, length});
                bool plain = byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
                bool two = byte == '"' || byte == '\\' || (byte >= 8 && byte <= 13 && byte != 11);
                size_t grown = plain ? 0 : two ? 1 : byte < 0x80 ? 5 : 2;
                assert_int_equal(buffer.len, length + 2 + grown);
                assert_int_equal(buffer.data[1 + at], plain ? (char)byte : byte < 0x80 ? '\\' : '\xef');
                dsr_buffer_drop(&buffer);
                free(text);
            }
        }
    }
}

static void numbers_are_exact(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_json_out json;
    dsr_buffer_open(&buffer, 0);
    dsr_json_open(&json, &buffer);
    dsr_json_array(&json);
    dsr_json_u64(&json, 0);
    dsr_json_u64(&json, 10);
    dsr_json_u64(&json, UINT64_MAX);
    dsr_json_i64(&json, 0);
    dsr_json_i64(&json, INT64_MAX);
    dsr_json_i64(&json, INT64_MIN);
    dsr_json_array_end(&json);
    assert_written(&buffer, "[0,10,18446744073709551615,0,9223372036854775807,-9223372036854775808]");
}

static void thousandths_have_three_places(void **state)
{
    (void)state;
    static const uint32_t values[] = {0, 1, 10, 567, 999, 1000, 1001, 4294967295u};
    dsr_buffer buffer;
    dsr_json_out json;
    dsr_buffer_open(&buffer, 0);
    dsr_json_open(&json, &buffer);
    dsr_json_array(&json);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        dsr_json_thousandths(&json, values[i]);
    }
    dsr_json_array_end(&json);
    assert_written(&buffer, "[0.000,0.001,0.010,0.567,0.999,1.000,1.001,4294967.295]");
}

static void keys_are_escaped_too(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_json_out json;
    dsr_buffer_open(&buffer, 0);
    dsr_json_open(&json, &buffer);
    dsr_json_object(&json);
    dsr_json_key(&json, "a\"b\n");
    dsr_json_string(&json, DSR_SLICE_NONE);
    dsr_json_object_end(&json);
    assert_written(&buffer, "{\"a\\\"b\\n\":null}");
}

static void write_nested(dsr_buffer *buffer, unsigned depth)
{
    dsr_json_out json;
    dsr_json_open(&json, buffer);
    for (unsigned i = 0; i < depth; i++) {
        dsr_json_array(&json);
    }
    for (unsigned i = 0; i < depth; i++) {
        dsr_json_array_end(&json);
    }
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    write_nested(&buffer, DSR_JSON_DEPTH - 1);
    assert_int_equal(buffer.status, DSR_OK);
    assert_int_equal(buffer.len, 2 * (DSR_JSON_DEPTH - 1));
    dsr_buffer_reset(&buffer);
    write_nested(&buffer, DSR_JSON_DEPTH);
    assert_int_equal(buffer.status, DSR_ERR_LIMIT);
    dsr_buffer_reset(&buffer);
    write_nested(&buffer, 1000);
    assert_int_equal(buffer.status, DSR_ERR_LIMIT);
    dsr_buffer_drop(&buffer);
}

static void the_buffers_failure_is_the_writers(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_json_out json;
    dsr_buffer_open(&buffer, 20);
    dsr_json_open(&json, &buffer);
    dsr_json_array(&json);
    for (int i = 0; i < 10; i++) {
        dsr_json_string(&json, DSR_SLICE("1234567"));
    }
    dsr_json_array_end(&json);
    assert_int_equal(buffer.status, DSR_ERR_LIMIT);
    assert_true(buffer.len <= 20);
    dsr_buffer_drop(&buffer);
}

/* Random code points of all kinds: what was written is UTF-8 on one line, and reads back the same. */
static void a_reader_gets_back_what_was_written(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 3000; round++) {
        dsr_buffer text;
        dsr_buffer_open(&text, 0);
        size_t count = (size_t)round % 60;
        for (size_t i = 0; i < count; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1;
            uint32_t r = (uint32_t)(seed >> 33);
            static const uint32_t reach[] = {0x20, 0x80, 0x80, 0x100, 0x2100, 0x110000};
            uint32_t c = r % reach[r >> 8 & 3 ? (r >> 8) % 6 : 1];
            dsr_buffer_append_code_point(&text, c);
        }
        dsr_buffer line;
        dsr_json_out json;
        dsr_buffer_open(&line, 0);
        dsr_json_open(&json, &line);
        dsr_json_object(&json);
        dsr_json_key(&json, "t");
        dsr_json_string(&json, dsr_buffer_slice(&text));
        dsr_json_object_end(&json);
        dsr_slice written = dsr_buffer_slice(&line);
        assert_true(dsr_utf8_is_valid(written, NULL));
        assert_true(dsr_slice_find(written, DSR_SLICE("\n"), 0) == SIZE_MAX);
        dsr_json_doc *doc = NULL;
        assert_int_equal(dsr_json_parse(written, &doc, NULL), DSR_OK);
        dsr_slice back = dsr_json_text(dsr_json_get(dsr_json_root(doc), "t"));
        assert_non_null(back.ptr);
        assert_true(dsr_slice_equal(back, dsr_buffer_slice(&text)));
        dsr_json_drop(doc);
        dsr_buffer_drop(&line);
        dsr_buffer_drop(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between),
        cmocka_unit_test(one_writer_writes_several_lines),
        cmocka_unit_test(escapes_what_must_be),
        cmocka_unit_test(broken_text_becomes_whole),
        cmocka_unit_test(the_fast_way_misses_nothing),
        cmocka_unit_test(numbers_are_exact),
        cmocka_unit_test(thousandths_have_three_places),
        cmocka_unit_test(keys_are_escaped_too),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(the_buffers_failure_is_the_writers),
        cmocka_unit_test(a_reader_gets_back_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
