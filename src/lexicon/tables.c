/* Outlets, agencies and dateline cities: the tables that hold for every language. Must not know of rules or
 * reports. */
#include "base/limits.h"
#include "base/utf8.h"
#include "lexicon/rule_set.h"

#include <string.h>

static dsr_slice without_the(dsr_slice name)
{
    bool the = name.len > 4 && dsr_slice_equal_nocase(dsr_slice_part(name, 0, 4), DSR_SLICE("the "));
    return the ? dsr_slice_part(name, 4, name.len) : name;
}

size_t dsr_lexicon_key(dsr_slice name, bool drop_the, char out[DSR_LEXICON_KEY_BYTES])
{
    if (drop_the)
        name = without_the(name);
    const char *p = name.ptr, *end = p + name.len;
    size_t used = 0;
    while (p < end) {
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        if (!dsr_is_letter(c) && !dsr_is_digit(c))
            continue;
        if (used + 4 > DSR_LEXICON_KEY_BYTES)
            return 0;
        used += dsr_utf8_encode(dsr_fold(c), out + used);
    }
    return used;
}

/* As above with the case kept: for abbreviations, "AP" is one and "ap" is not. */
static size_t exact_key(dsr_slice name, char out[DSR_LEXICON_KEY_BYTES])
{
    const char *p = name.ptr, *end = p + name.len;
    size_t used = 0;
    while (p < end) {
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        if (!dsr_is_letter(c) && !dsr_is_digit(c))
            continue;
        if (used + 4 > DSR_LEXICON_KEY_BYTES)
            return 0;
        used += dsr_utf8_encode(c, out + used);
    }
    return used;
}

static bool is_abbreviation(dsr_slice name)
{
    size_t letters = 0;
    const char *p = name.ptr, *end = p + name.len;
    while (p < end) {
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        if (dsr_is_space(c))
            return false;
        if (dsr_is_letter(c)) {
            if (!dsr_is_upper(c))
                return false;
            letters++;
        }
    }
    return letters > 0;
}

static dsr_status put_copy(dsr_lexicon *lexicon, dsr_words *words, const char *key, size_t length,
                           uint32_t value)
{
    dsr_slice copy;
    dsr_status status = dsr_arena_copy(lexicon->arena, (dsr_slice){key, length}, &copy);
    return status != DSR_OK ? status : dsr_words_put(words, copy, value);
}

static dsr_status put_name(dsr_lexicon *lexicon, dsr_words *words, dsr_slice name, uint32_t value)
{
    char key[DSR_LEXICON_KEY_BYTES];
    size_t length = dsr_lexicon_key(name, true, key);
    return length == 0 ? DSR_OK : put_copy(lexicon, words, key, length, value);
}

static dsr_status put_start(dsr_map *starts, dsr_slice name)
{
    size_t at = 0;
    rule_token token;
    return dsr_rule_next_token(without_the(name), &at, &token) ? dsr_map_put(starts, token.folded, 1)
                                                               : DSR_OK;
}

/* Calls put for each item of a list "a; b; c". */
static dsr_status each_item(dsr_lexicon *lexicon, dsr_slice list, uint32_t value,
                            dsr_status (*put)(dsr_lexicon *lexicon, dsr_slice item, uint32_t value))
{
    dsr_slice item;
    while (dsr_slice_next_field(&list, ';', &item)) {
        item = dsr_slice_trim(item);
        if (item.len == 0)
            continue;
        dsr_status status = put(lexicon, item, value);
        if (status != DSR_OK)
            return status;
    }
    return DSR_OK;
}

static dsr_status put_outlet_name(dsr_lexicon *lexicon, dsr_slice item, uint32_t value)
{
    dsr_status status = put_start(lexicon->outlet_starts, item);
    return status == DSR_OK ? put_name(lexicon, lexicon->outlet_names, item, value) : status;
}

static dsr_status put_outlet_host(dsr_lexicon *lexicon, dsr_slice item, uint32_t value)
{
    char host[DSR_LEXICON_KEY_BYTES];
    size_t used = 0;
    for (; used < item.len && used < sizeof host; used++) {
        char c = item.ptr[used];
        host[used] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return put_copy(lexicon, lexicon->outlet_hosts, host, used, value);
}

static dsr_status put_agency(dsr_lexicon *lexicon, dsr_slice item, uint32_t value)
{
    char key[DSR_LEXICON_KEY_BYTES];
    dsr_status status = put_start(lexicon->agency_starts, item);
    if (status != DSR_OK)
        return status;
    if (!is_abbreviation(item))
        return put_name(lexicon, lexicon->agency_folded, item, value);
    size_t length = exact_key(item, key);
    return length == 0 ? DSR_OK : put_copy(lexicon, lexicon->agency_exact, key, length, value);
}

/* A name alone, without any tab: a line of another kind of list. */
static bool is_alone(dsr_slice line)
{
    return dsr_slice_find(line, DSR_SLICE("\t"), 0) == SIZE_MAX;
}

/* Splits a row into exactly `count` fields, trimmed; fields that are missing at its end are empty. */
static bool split_row(dsr_slice line, dsr_slice *fields, size_t count)
{
    dsr_slice field;
    for (size_t i = 0; i < count; i++) {
        fields[i] = DSR_SLICE("");
        if (dsr_slice_next_field(&line, '\t', &field))
            fields[i] = dsr_slice_trim(field);
    }
    return !dsr_slice_next_field(&line, '\t', &field);
}

static dsr_slice or_none(dsr_slice s)
{
    return s.len > 0 ? s : DSR_SLICE_NONE;
}

static bool is_country(dsr_slice s)
{
    return s.len == 2 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && s.ptr[1] >= 'A' && s.ptr[1] <= 'Z';
}

static dsr_status add_outlet(dsr_lexicon *lexicon, dsr_lexicon_file *file, dsr_error *error)
{
    dsr_slice field[5];
    if (!split_row(file->line, field, 5))
        return dsr_lexicon_file_fail(
            file, error, "more than five fields; expected name, aliases, domains, owner, country");
    if (field[0].len == 0)
        return dsr_lexicon_file_fail(file, error,
                                     "the name of the outlet is missing; fields are parted by tabs");
    if (is_alone(file->line))
        return dsr_lexicon_file_fail(
            file, error, "one field alone; expected name, aliases, domains, owner, country, parted by tabs");
    if (field[4].len > 0 && !is_country(field[4]))
        return dsr_lexicon_file_fail(file, error,
                                     "\"%.*s\" is no country code; two capital letters were expected",
                                     (int)(field[4].len > 40 ? 40 : field[4].len), field[4].ptr);
    if (DSR_LIST_RESERVE(lexicon->arena, &lexicon->outlets, 1) != DSR_OK)
        return dsr_fail_memory(error, "lexicon");
    uint32_t at = (uint32_t)lexicon->outlets.count;
    lexicon->outlets.items[lexicon->outlets.count++] =
        (dsr_outlet){field[0], or_none(field[3]), or_none(field[4])};
    if (put_outlet_name(lexicon, field[0], at) != DSR_OK ||
        each_item(lexicon, field[1], at, put_outlet_name) != DSR_OK ||
        each_item(lexicon, field[2], at, put_outlet_host) != DSR_OK)
        return dsr_fail_memory(error, "lexicon");
    return DSR_OK;
}

dsr_status dsr_lexicon_read_outlets(dsr_lexicon *lexicon, const char *folder, bool *found, dsr_error *error)
{
    dsr_lexicon_file file;
    dsr_status status = dsr_lexicon_file_open(lexicon->arena, folder, "outlets.tsv", &file, found, error);
    while (status == DSR_OK && *found && dsr_lexicon_file_next(&file))
        status = add_outlet(lexicon, &file, error);
    return status;
}

static dsr_status add_agency(dsr_lexicon *lexicon, dsr_lexicon_file *file, dsr_error *error)
{
    dsr_slice field[3];
    if (!split_row(file->line, field, 3))
        return dsr_lexicon_file_fail(file, error,
                                     "more than three fields; expected short name, aliases, country");
    if (field[0].len == 0)
        return dsr_lexicon_file_fail(file, error,
                                     "the short name of the agency is missing; fields are parted by tabs");
    if (is_alone(file->line))
        return dsr_lexicon_file_fail(
            file, error, "one field alone; expected short name, aliases, country, parted by tabs");
    if (DSR_LIST_RESERVE(lexicon->arena, &lexicon->agencies, 1) != DSR_OK)
        return dsr_fail_memory(error, "lexicon");
    uint32_t at = (uint32_t)lexicon->agencies.count;
    lexicon->agencies.items[lexicon->agencies.count++] = field[0];
    if (put_agency(lexicon, field[0], at) != DSR_OK || each_item(lexicon, field[1], at, put_agency) != DSR_OK)
        return dsr_fail_memory(error, "lexicon");
    return DSR_OK;
}

dsr_status dsr_lexicon_read_agencies(dsr_lexicon *lexicon, const char *folder, bool *found, dsr_error *error)
{
    dsr_lexicon_file file;
    dsr_status status = dsr_lexicon_file_open(lexicon->arena, folder, "agencies.tsv", &file, found, error);
    while (status == DSR_OK && *found && dsr_lexicon_file_next(&file))
        status = add_agency(lexicon, &file, error);
    return status;
}

dsr_status dsr_lexicon_read_cities(dsr_lexicon *lexicon, const char *folder, dsr_error *error)
{
    dsr_lexicon_file file;
    bool found = false;
    dsr_status status = dsr_lexicon_file_open(lexicon->arena, folder, "cities.txt", &file, &found, error);
    while (status == DSR_OK && found && dsr_lexicon_file_next(&file))
        if (put_name(lexicon, lexicon->cities, file.line, 1) != DSR_OK)
            return dsr_fail_memory(error, "lexicon");
    return status;
}

bool dsr_lexicon_is_city(const dsr_lexicon *lexicon, dsr_slice name)
{
    char key[DSR_LEXICON_KEY_BYTES];
    size_t length = dsr_lexicon_key(name, true, key);
    return length > 0 && dsr_words_get(lexicon->cities, (dsr_slice){key, length}) != DSR_MAP_NONE;
}

const dsr_outlet *dsr_lexicon_outlet_by_name(const dsr_lexicon *lexicon, dsr_slice name)
{
    char key[DSR_LEXICON_KEY_BYTES];
    size_t length = dsr_lexicon_key(name, true, key);
    uint32_t at = length == 0 ? DSR_MAP_NONE : dsr_words_get(lexicon->outlet_names, (dsr_slice){key, length});
    return at == DSR_MAP_NONE ? NULL : &lexicon->outlets.items[at];
}

/* The host of an address: without scheme, user, port and path. */
static dsr_slice host_of(dsr_slice address)
{
    size_t scheme = dsr_slice_find(address, DSR_SLICE("://"), 0);
    if (scheme != SIZE_MAX && scheme < 12)
        address = dsr_slice_part(address, scheme + 3, address.len);
    size_t end = 0;
    while (end < address.len && !strchr("/?#:", address.ptr[end]))
        end++;
    return dsr_slice_part(address, 0, end);
}

const dsr_outlet *dsr_lexicon_outlet_by_address(const dsr_lexicon *lexicon, dsr_slice url_or_host)
{
    char lower[DSR_LEXICON_KEY_BYTES];
    dsr_slice host = host_of(dsr_slice_trim(url_or_host));
    if (host.len == 0 || host.len > sizeof lower)
        return NULL;
    for (size_t i = 0; i < host.len; i++)
        lower[i] = host.ptr[i] >= 'A' && host.ptr[i] <= 'Z' ? (char)(host.ptr[i] - 'A' + 'a') : host.ptr[i];
    dsr_slice rest = {lower, host.len};
    while (rest.len > 0) {
        uint32_t at = dsr_words_get(lexicon->outlet_hosts, rest);
        if (at != DSR_MAP_NONE)
            return &lexicon->outlets.items[at];
        dsr_slice label;
        if (!dsr_slice_next_field(&rest, '.', &label))
            break;
    }
    return NULL;
}

dsr_slice dsr_lexicon_agency(const dsr_lexicon *lexicon, dsr_slice name)
{
    char key[DSR_LEXICON_KEY_BYTES];
    size_t length = exact_key(name, key);
    uint32_t at = length == 0 ? DSR_MAP_NONE : dsr_words_get(lexicon->agency_exact, (dsr_slice){key, length});
    if (at == DSR_MAP_NONE && length > 0) {
        length = dsr_lexicon_key(name, true, key);
        at = dsr_words_get(lexicon->agency_folded, (dsr_slice){key, length});
    }
    return at == DSR_MAP_NONE ? DSR_SLICE_NONE : lexicon->agencies.items[at];
}
