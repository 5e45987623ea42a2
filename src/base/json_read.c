/* Reads JSON. The only file that knows jansson: its values are ours under another name, never looked into
 * elsewhere. Must not know any record. */
#include "base/json.h"

#include "base/hash.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const json_t *theirs(const dsr_json_value *value)
{
    return (const json_t *)value;
}

static const dsr_json_value *ours(const json_t *value)
{
    return (const dsr_json_value *)value;
}

static const char *reason_of(enum json_error_code code)
{
    switch (code) {
    case json_error_stack_overflow:
        return "it is nested too deeply";
    case json_error_premature_end_of_input:
        return "it ends before it is complete; it may have been cut off";
    case json_error_end_of_input_expected:
        return "something follows where it should end";
    case json_error_invalid_utf8:
        return "it holds bytes that are not UTF-8";
    case json_error_null_byte_in_key:
        return "a key holds a NUL character";
    case json_error_numeric_overflow:
        return "a number is too large";
    case json_error_unknown:
    case json_error_out_of_memory:
    case json_error_cannot_open_file:
    case json_error_invalid_argument:
    case json_error_invalid_format:
    case json_error_wrong_type:
    case json_error_null_character:
    case json_error_null_value:
    case json_error_duplicate_key:
    case json_error_item_not_found:
    case json_error_index_out_of_range:
    case json_error_invalid_syntax:
        break;
    }
    return "a value, a comma or a bracket is missing or wrong here";
}

static dsr_status fail(const json_error_t *found, size_t length, dsr_error *error)
{
    enum json_error_code code = json_error_code(found);
    /* Where jansson runs out of memory it often says nothing at all. */
    if (code == json_error_out_of_memory || (code == json_error_unknown && found->text[0] == '\0')) {
        return dsr_fail_memory(error, "json");
    }
    dsr_status status = dsr_fail(error, DSR_ERR_INPUT, "json", "this is not JSON: %s",
                                 length == 0 ? "it is empty" : reason_of(code));
    /* jansson counts in an int. */
    if (found->position >= 0 && length <= INT_MAX) {
        dsr_error_set_position(error, (size_t)found->position < length ? (uint64_t)found->position : length);
    }
    return status;
}

/* The value of the escape \uXXXX at `at`; 0 where there is none. */
static unsigned escape_at(dsr_slice text, size_t at)
{
    if (text.len < 6 || at > text.len - 6 || text.ptr[at] != '\\' || text.ptr[at + 1] != 'u') {
        return 0;
    }
    uint8_t bytes[2];
    if (!dsr_unhex(dsr_slice_part(text, at + 2, at + 6), bytes, sizeof bytes)) {
        return 0;
    }
    return (unsigned)bytes[0] << 8 | bytes[1];
}

/* The next \uXXXX at or after `from` that is half a surrogate pair without the other half; SIZE_MAX where
 * there is none. Backslashes stand in strings alone, so nothing else of JSON matters. */
static size_t find_half_pair(dsr_slice text, size_t from)
{
    for (size_t at = from; at < text.len;) {
        const char *found = memchr(text.ptr + at, '\\', text.len - at);
        if (found == NULL) {
            return SIZE_MAX;
        }
        at = (size_t)(found - text.ptr);
        unsigned value = escape_at(text, at);
        bool high = value >= 0xd800 && value < 0xdc00;
        unsigned after = high ? escape_at(text, at + 6) : 0;
        if (high && after >= 0xdc00 && after < 0xe000) {
            at += 12;
        } else if (value >= 0xd800 && value < 0xe000) {
            return at;
        } else {
            at += 2; /* the character that was escaped may be a backslash */
        }
    }
    return SIZE_MAX;
}

/* Others cut strings in the midst of a character and write the half: it is read as U+FFFD. A copy of `text`
 * with every half pair replaced; NULL without memory. All places stay the same. */
static char *mend_half_pairs(dsr_slice text)
{
    static const char replacement[4] = {'f', 'f', 'f', 'd'};
    char *copy = malloc(text.len);
    if (copy == NULL) {
        return NULL;
    }
    memcpy(copy, text.ptr, text.len);
    for (size_t at = find_half_pair(text, 0); at != SIZE_MAX; at = find_half_pair(text, at + 6)) {
        memcpy(copy + at + 2, replacement, sizeof replacement);
    }
    return copy;
}

static json_t *load(const char *bytes, size_t length, json_error_t *found)
{
    const size_t flags = JSON_ALLOW_NUL | JSON_DECODE_ANY;
    json_t *root = json_loadb(bytes, length, flags, found);
    /* An integer past 64 bits (others write hashes so) must not cost the whole record: read numbers as reals.
     */
    if (root == NULL && json_error_code(found) == json_error_numeric_overflow) {
        root = json_loadb(bytes, length, flags | JSON_DECODE_INT_AS_REAL, found);
    }
    return root;
}

dsr_status dsr_json_parse(dsr_slice text, dsr_json_doc **out, dsr_error *error)
{
    if (text.ptr == NULL) {
        text = DSR_SLICE("");
    }
    json_error_t found;
    json_t *root = load(text.ptr, text.len, &found);
    if (root == NULL && json_error_code(&found) == json_error_invalid_syntax &&
        find_half_pair(text, 0) != SIZE_MAX) {
        char *mended = mend_half_pairs(text);
        if (mended == NULL) {
            return dsr_fail_memory(error, "json");
        }
        root = load(mended, text.len, &found);
        free(mended);
    }
    if (root == NULL) {
        return fail(&found, text.len, error);
    }
    *out = (dsr_json_doc *)root;
    return DSR_OK;
}

void dsr_json_drop(dsr_json_doc *doc)
{
    json_decref((json_t *)doc);
}

const dsr_json_value *dsr_json_root(const dsr_json_doc *doc)
{
    return (const dsr_json_value *)doc;
}

dsr_json_type dsr_json_type_of(const dsr_json_value *value)
{
    if (value == NULL) {
        return DSR_JSON_NULL;
    }
    switch (json_typeof(theirs(value))) {
    case JSON_OBJECT:
        return DSR_JSON_OBJECT;
    case JSON_ARRAY:
        return DSR_JSON_ARRAY;
    case JSON_STRING:
        return DSR_JSON_STRING;
    case JSON_INTEGER:
        return DSR_JSON_INTEGER;
    case JSON_REAL:
        return DSR_JSON_REAL;
    case JSON_TRUE:
    case JSON_FALSE:
        return DSR_JSON_BOOL;
    case JSON_NULL:
        break;
    }
    return DSR_JSON_NULL;
}

const dsr_json_value *dsr_json_get(const dsr_json_value *value, const char *key)
{
    return ours(json_object_get(theirs(value), key));
}

const dsr_json_value *dsr_json_at(const dsr_json_value *value, size_t index)
{
    return ours(json_array_get(theirs(value), index));
}

size_t dsr_json_count(const dsr_json_value *value)
{
    return json_array_size(theirs(value));
}

dsr_slice dsr_json_text(const dsr_json_value *value)
{
    const json_t *string = theirs(value);
    if (string == NULL || !json_is_string(string)) {
        return DSR_SLICE_NONE;
    }
    return (dsr_slice){json_string_value(string), json_string_length(string)};
}

int64_t dsr_json_integer(const dsr_json_value *value, int64_t otherwise)
{
    const double exact = 9007199254740992.0; /* 2^53: below it a double holds every whole number */
    const json_t *number = theirs(value);
    if (number == NULL) {
        return otherwise;
    }
    if (json_is_integer(number)) {
        return json_integer_value(number);
    }
    if (!json_is_real(number)) {
        return otherwise;
    }
    double real = json_real_value(number);
    if (!(real > -exact && real < exact)) {
        return otherwise;
    }
    int64_t whole = (int64_t)real;
    return (double)whole < real || (double)whole > real ? otherwise : whole;
}
