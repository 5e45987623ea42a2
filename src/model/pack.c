/* The packed record. Writing and reading stand side by side, field by field in the same order. Must not know
 * what the fields mean: whether an unpacked record keeps its promises is dsr_report_is_sound's to say. Alone
 * knows zstd.
 *
 * Form: "DSR", version (1 byte), XXH3-64 of the rest (8 bytes), then the fields. Numbers are LEB128.
 * Positions are differences to the place before, in wrapping arithmetic, so that any record can be written
 * and read back. A value that may be missing has its length plus one before it, 0 for missing. All fixed
 * numbers are little endian. */
#include "model/pack.h"
#include "base/limits.h"
#include "model/flat.h"
#include "model/flat_events.h"

#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
    MAGIC_BYTES = 3,
    CHECKSUM_AT = 4,
    HEADER_BYTES = 12,
    TEXT_RAW = 0,
    TEXT_ZSTD = 1,
    ZSTD_SIZE_BYTES = 4,
    ZSTD_LEVEL = 1,
    /* Shorter texts are kept as they are. zstd needs a new context for each text here (one kept for the next
     * text would be state that no handle owns), and that costs more than the text is worth: 2.5 KB take 25 us
     * to compress and 17 us to decompress, 12 us of each for the context, to save 1.2 KB; kept raw, the whole
     * record takes about 1 us each way. From 4 KB on half of the text is saved (31 us, 18 us); level 3 saves
     * no more (38 us). */
    TEXT_COMPRESSED_FROM = 4096
};
static const char magic[MAGIC_BYTES] = {'D', 'S', 'R'};

static void store_le(char *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        out[i] = (char)(unsigned char)(value >> (8 * i));
    }
}

static uint64_t load_le(const char *in, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = bytes; i > 0; i--) {
        value = value << 8 | (unsigned char)in[i - 1];
    }
    return value;
}

/* Small negative numbers become small numbers. */
static uint64_t zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t value)
{
    uint64_t bits = (value >> 1) ^ ((value & 1) != 0 ? UINT64_MAX : 0);
    int64_t out;
    memcpy(&out, &bits, sizeof out);
    return out;
}

/* ---- writing ---- */

static void put_number(dsr_buffer *to, uint64_t value)
{
    dsr_buffer_append_varint(to, value);
}

static void put_slice(dsr_buffer *to, dsr_slice value)
{
    if (value.ptr == NULL) {
        put_number(to, 0);
        return;
    }
    put_number(to, (uint64_t)value.len + 1);
    dsr_buffer_append(to, value);
}

static void put_slices(dsr_buffer *to, const dsr_slices *values)
{
    put_number(to, values->count);
    for (size_t i = 0; i < values->count; i++) {
        put_slice(to, values->items[i]);
    }
}

static void put_kind(dsr_buffer *to, unsigned kind)
{
    dsr_buffer_append_char(to, (char)(unsigned char)kind);
}

/* Start as the distance from *before, which then is the new start; end as the length. */
static void put_span(dsr_buffer *to, dsr_span span, uint32_t *before)
{
    put_number(to, (uint32_t)(span.start - *before));
    put_number(to, (uint32_t)(span.end - span.start));
    *before = span.start;
}

static void put_ids(dsr_buffer *to, const dsr_report *report)
{
    dsr_buffer_append_bytes(to, report->id.bytes, sizeof report->id.bytes);
    dsr_buffer_append_bytes(to, report->key.bytes, sizeof report->key.bytes);
    dsr_buffer_append_bytes(to, report->source.sha256.bytes, sizeof report->source.sha256.bytes);
}

static void put_source(dsr_buffer *to, const dsr_source *source)
{
    put_slice(to, source->path);
    put_slice(to, source->record);
    put_slice(to, source->guid);
    put_slice(to, source->url);
    put_slice(to, source->format);
    put_slice(to, source->encoding);
}

static void put_moment(dsr_buffer *to, const dsr_moment *moment)
{
    put_slice(to, moment->iso);
    if (moment->iso.ptr != NULL) {
        put_number(to, zigzag(moment->earliest));
        put_number(to, (uint64_t)moment->latest - (uint64_t)moment->earliest);
    }
}

/* What a page states besides, and where each of its facts was taken from. */
static void put_stated(dsr_buffer *to, const dsr_meta *meta)
{
    put_slice(to, meta->section);
    put_slice(to, meta->canonical);
    put_moment(to, &meta->modified);
    put_slice(to, meta->headline_why);
    put_slice(to, meta->outlet_why);
    put_slice(to, meta->authors_why);
    put_slice(to, meta->section_why);
    put_slice(to, meta->canonical_why);
    put_slice(to, meta->modified_why);
}

static void put_meta(dsr_buffer *to, const dsr_meta *meta)
{
    put_slice(to, meta->headline);
    put_kind(to, meta->headline_from);
    put_slice(to, meta->outlet);
    put_kind(to, meta->outlet_from);
    put_slices(to, &meta->agencies);
    put_kind(to, meta->agencies_from);
    put_slices(to, &meta->authors);
    put_slice(to, meta->dateline);
    put_moment(to, &meta->published);
    put_kind(to, meta->published_from);
    put_slice(to, meta->published_why);
    put_slice(to, meta->language);
    put_stated(to, meta);
}

/* Appends the text compressed, or leaves the buffer as it was and returns false where that would not be
 * smaller. */
static bool put_text_compressed(dsr_buffer *to, dsr_slice text)
{
    size_t before = to->len;
    put_kind(to, TEXT_ZSTD);
    put_number(to, text.len);
    size_t size_at = to->len;
    dsr_buffer_append_fill(to, 0, ZSTD_SIZE_BYTES);
    char *room = dsr_buffer_reserve(to, text.len);
    if (room == NULL) {
        return true; /* the failure is in the buffer */
    }
    size_t size = ZSTD_compress(room, text.len - ZSTD_SIZE_BYTES, text.ptr, text.len, ZSTD_LEVEL);
    if (!ZSTD_isError(size)) {
        store_le(to->data + size_at, size, ZSTD_SIZE_BYTES);
        to->len += size;
        return true;
    }
    to->len = before;
    if (ZSTD_getErrorCode(size) != ZSTD_error_dstSize_tooSmall) {
        to->status = DSR_ERR_MEMORY; /* nothing else can fail: the context could not be made */
        return true;
    }
    return false;
}

static void put_text(dsr_buffer *to, dsr_slice text)
{
    if (text.len > DSR_LIMIT_TEXT_BYTES) {
        to->status = to->status == DSR_OK ? DSR_ERR_LIMIT : to->status;
        return;
    }
    if (to->status == DSR_OK && text.len >= TEXT_COMPRESSED_FROM && put_text_compressed(to, text)) {
        return;
    }
    put_kind(to, TEXT_RAW);
    put_number(to, text.len);
    dsr_buffer_append(to, text);
}

static void put_source_map(dsr_buffer *to, const dsr_report *report)
{
    uint32_t text_end = 0;
    uint64_t source_end = 0;
    put_number(to, report->source_map.count);
    for (size_t i = 0; i < report->source_map.count; i++) {
        const dsr_source_map_run *run = &report->source_map.items[i];
        put_kind(to, run->unit);
        put_number(to, (uint32_t)(run->text.start - text_end));
        put_number(to, (uint32_t)(run->text.end - run->text.start));
        put_number(to, run->source.start - source_end);
        put_number(to, run->source.end - run->source.start);
        text_end = run->text.end;
        source_end = run->source.end;
    }
}

static void put_blocks(dsr_buffer *to, const dsr_report *report)
{
    uint32_t before = 0;
    put_number(to, report->blocks.count);
    for (size_t i = 0; i < report->blocks.count; i++) {
        put_span(to, report->blocks.items[i].span, &before);
        put_kind(to, report->blocks.items[i].kind);
        put_kind(to, report->blocks.items[i].level);
    }
}

/* A span and what flat.c makes of the rest. */
static void put_row(dsr_buffer *to, dsr_span span, uint32_t *before, const uint64_t *numbers, size_t count)
{
    put_span(to, span, before);
    for (size_t i = 0; i < count; i++) {
        put_number(to, numbers[i]);
    }
}

static void put_names(dsr_buffer *to, const dsr_report *report)
{
    put_number(to, report->entities.count);
    for (size_t i = 0; i < report->entities.count; i++) {
        put_slice(to, report->entities.items[i].id);
        put_slice(to, report->entities.items[i].canonical);
        put_kind(to, report->entities.items[i].type);
        put_kind(to, (unsigned char)report->entities.items[i].given_sex);
    }
    uint32_t before = 0;
    put_number(to, report->names.count);
    for (size_t i = 0; i < report->names.count; i++) {
        uint64_t numbers[DSR_NAME_NUMBERS];
        dsr_name_flatten(&report->names.items[i], numbers);
        put_row(to, report->names.items[i].span, &before, numbers, DSR_NAME_NUMBERS);
    }
    before = 0;
    put_number(to, report->references.count);
    for (size_t i = 0; i < report->references.count; i++) {
        uint64_t numbers[DSR_REFERENCE_NUMBERS];
        dsr_reference_flatten(&report->references.items[i], numbers);
        put_row(to, report->references.items[i].span, &before, numbers, DSR_REFERENCE_NUMBERS);
    }
    before = 0;
    put_number(to, report->roles.count);
    for (size_t i = 0; i < report->roles.count; i++) {
        put_span(to, report->roles.items[i].span, &before);
        put_number(to, report->roles.items[i].entity);
    }
}

static void put_measures(dsr_buffer *to, const dsr_report *report)
{
    uint32_t before = 0;
    put_number(to, report->times.count);
    for (size_t i = 0; i < report->times.count; i++) {
        uint64_t numbers[DSR_TIME_NUMBERS];
        dsr_time_flatten(&report->times.items[i], numbers);
        put_row(to, report->times.items[i].span, &before, numbers, DSR_TIME_NUMBERS);
    }
    before = 0;
    put_number(to, report->figures.count);
    for (size_t i = 0; i < report->figures.count; i++) {
        uint64_t numbers[DSR_FIGURE_NUMBERS];
        dsr_figure_flatten(&report->figures.items[i], numbers);
        put_row(to, report->figures.items[i].span, &before, numbers, DSR_FIGURE_NUMBERS);
        put_slice(to, report->figures.items[i].unit);
        put_slice(to, report->figures.items[i].kind);
    }
}

static void put_annotations(dsr_buffer *to, const dsr_report *report)
{
    uint32_t before = 0;
    put_blocks(to, report);
    put_number(to, report->furniture.count);
    for (size_t i = 0; i < report->furniture.count; i++) {
        put_span(to, report->furniture.items[i].span, &before);
        put_kind(to, report->furniture.items[i].kind);
    }
    before = 0;
    put_number(to, report->sentences.count);
    for (size_t i = 0; i < report->sentences.count; i++) {
        put_span(to, report->sentences.items[i], &before);
    }
    put_names(to, report);
    before = 0;
    put_number(to, report->quotes.count);
    for (size_t i = 0; i < report->quotes.count; i++) {
        uint64_t numbers[DSR_QUOTE_NUMBERS];
        dsr_quote_flatten(&report->quotes.items[i], numbers);
        put_row(to, report->quotes.items[i].span, &before, numbers, DSR_QUOTE_NUMBERS);
    }
    before = 0;
    put_number(to, report->credits.count);
    for (size_t i = 0; i < report->credits.count; i++) {
        put_span(to, report->credits.items[i].span, &before);
        put_slice(to, report->credits.items[i].agency);
    }
    put_measures(to, report);
    dsr_events_append(to, report);
    put_slices(to, &report->warnings);
}

void dsr_report_pack(dsr_buffer *to, const dsr_report *report)
{
    size_t start = to->len;
    dsr_buffer_append_bytes(to, magic, sizeof magic);
    dsr_buffer_append_char(to, DSR_PACK_VERSION);
    dsr_buffer_append_fill(to, 0, HEADER_BYTES - CHECKSUM_AT);
    dsr_buffer_append_char(to, report->blocks.count > 0);
    put_ids(to, report);
    put_source(to, &report->source);
    put_meta(to, &report->meta);
    put_text(to, report->text);
    put_source_map(to, report);
    put_annotations(to, report);
    if (to->status == DSR_OK) {
        char *record = to->data + start;
        dsr_slice rest = {record + HEADER_BYTES, to->len - start - HEADER_BYTES};
        store_le(record + CHECKSUM_AT, dsr_hash64(rest, 0), HEADER_BYTES - CHECKSUM_AT);
    }
}

/* ---- reading ---- */

/* A place in the packed record. It remembers its first failure and then gives zeros. */
typedef struct unpacker {
    dsr_arena *arena;
    const char *at, *end;
    dsr_status status;
    const char *what; /* what was found wrong */
} unpacker;

static void refuse(unpacker *from, dsr_status status, const char *what)
{
    if (from->status == DSR_OK) {
        from->status = status;
        from->what = what;
        from->end = from->at;
    }
}

static size_t left(const unpacker *from)
{
    return (size_t)(from->end - from->at);
}

static uint64_t take_number(unpacker *from)
{
    uint64_t value = 0;
    dsr_slice rest = {from->at, left(from)};
    bool whole = dsr_slice_next_varint(&rest, &value);
    from->at = rest.ptr;
    if (!whole) {
        refuse(from, DSR_ERR_STORE, "a number is cut off or too large");
        return 0;
    }
    return value;
}

static uint32_t take_u32(unpacker *from)
{
    uint64_t value = take_number(from);
    if (value > UINT32_MAX) {
        refuse(from, DSR_ERR_STORE, "a position is too large");
        return 0;
    }
    return (uint32_t)value;
}

static unsigned take_kind(unpacker *from)
{
    if (left(from) == 0) {
        refuse(from, DSR_ERR_STORE, "it ends too early");
        return 0;
    }
    return (unsigned char)*from->at++;
}

/* Lends `count` bytes; no value where they are not there. */
static dsr_slice take_bytes(unpacker *from, uint64_t count)
{
    if (count > left(from)) {
        refuse(from, DSR_ERR_STORE, "a length points behind its end");
        return DSR_SLICE_NONE;
    }
    dsr_slice bytes = {from->at, (size_t)count};
    from->at += (size_t)count;
    return bytes;
}

static void take_fixed(unpacker *from, uint8_t *out, size_t count)
{
    dsr_slice bytes = take_bytes(from, count);
    if (bytes.ptr != NULL) {
        memcpy(out, bytes.ptr, count);
    }
}

static dsr_slice take_slice(unpacker *from)
{
    uint64_t length = take_number(from);
    if (length == 0) {
        return DSR_SLICE_NONE;
    }
    dsr_slice lent = take_bytes(from, length - 1);
    dsr_slice copy = DSR_SLICE_NONE;
    if (from->status == DSR_OK && dsr_arena_copy(from->arena, lent, &copy) != DSR_OK) {
        refuse(from, DSR_ERR_MEMORY, NULL);
    }
    return copy;
}

/* Room for as many items of `size` bytes as the next number tells. Each takes at least `least` bytes of the
 * record, so that a short record cannot ask for much memory. */
static void *take_list(unpacker *from, size_t size, size_t least, size_t *count)
{
    uint64_t told = take_number(from);
    *count = 0;
    if (told > left(from) / least) {
        refuse(from, DSR_ERR_STORE, "a list is longer than the record");
        return NULL;
    }
    if (told == 0) {
        return NULL;
    }
    void *items = dsr_arena_alloc_array(from->arena, (size_t)told, size);
    if (items == NULL) {
        refuse(from, DSR_ERR_MEMORY, NULL);
        return NULL;
    }
    *count = (size_t)told;
    return items;
}
#define TAKE_LIST(from, list, least)                                                                         \
    ((list)->items = take_list((from), sizeof *(list)->items, (least), &(list)->count),                      \
     (list)->capacity = (list)->count)

static void take_slices(unpacker *from, dsr_slices *out)
{
    TAKE_LIST(from, out, 1);
    for (size_t i = 0; i < out->count; i++) {
        out->items[i] = take_slice(from);
    }
}

static dsr_span take_span(unpacker *from, uint32_t *before)
{
    dsr_span span;
    span.start = *before + take_u32(from);
    span.end = span.start + take_u32(from);
    *before = span.start;
    return span;
}

static void take_ids(unpacker *from, dsr_report *out)
{
    take_fixed(from, out->id.bytes, sizeof out->id.bytes);
    take_fixed(from, out->key.bytes, sizeof out->key.bytes);
    take_fixed(from, out->source.sha256.bytes, sizeof out->source.sha256.bytes);
}

static void take_source(unpacker *from, dsr_source *out)
{
    out->path = take_slice(from);
    out->record = take_slice(from);
    out->guid = take_slice(from);
    out->url = take_slice(from);
    out->format = take_slice(from);
    out->encoding = take_slice(from);
}

static void take_moment(unpacker *from, dsr_moment *out)
{
    out->iso = take_slice(from);
    if (out->iso.ptr != NULL) {
        uint64_t earliest = take_number(from);
        out->earliest = unzigzag(earliest);
        uint64_t latest = (uint64_t)out->earliest + take_number(from);
        memcpy(&out->latest, &latest, sizeof latest);
    }
}

static void take_stated(unpacker *from, dsr_meta *out)
{
    out->section = take_slice(from);
    out->canonical = take_slice(from);
    take_moment(from, &out->modified);
    out->headline_why = take_slice(from);
    out->outlet_why = take_slice(from);
    out->authors_why = take_slice(from);
    out->section_why = take_slice(from);
    out->canonical_why = take_slice(from);
    out->modified_why = take_slice(from);
}

static void take_meta(unpacker *from, dsr_meta *out)
{
    out->headline = take_slice(from);
    out->headline_from = (dsr_origin)take_kind(from);
    out->outlet = take_slice(from);
    out->outlet_from = (dsr_origin)take_kind(from);
    take_slices(from, &out->agencies);
    out->agencies_from = (dsr_origin)take_kind(from);
    take_slices(from, &out->authors);
    out->dateline = take_slice(from);
    take_moment(from, &out->published);
    out->published_from = (dsr_origin)take_kind(from);
    out->published_why = take_slice(from);
    out->language = take_slice(from);
    take_stated(from, out);
}

static void take_text_compressed(unpacker *from, char *text, size_t length)
{
    dsr_slice size = take_bytes(from, ZSTD_SIZE_BYTES);
    dsr_slice frame = take_bytes(from, size.ptr != NULL ? load_le(size.ptr, size.len) : 0);
    if (from->status != DSR_OK) {
        return;
    }
    size_t written = ZSTD_decompress(text, length, frame.ptr, frame.len);
    if (ZSTD_isError(written) && ZSTD_getErrorCode(written) == ZSTD_error_memory_allocation) {
        refuse(from, DSR_ERR_MEMORY, NULL);
    } else if (written != length) {
        refuse(from, DSR_ERR_STORE, "its text cannot be decompressed");
    }
}

static void take_text(unpacker *from, dsr_slice *out)
{
    unsigned mode = take_kind(from);
    uint64_t length = take_number(from);
    if (length > DSR_LIMIT_TEXT_BYTES) {
        refuse(from, DSR_ERR_LIMIT, NULL);
        return;
    }
    if (mode > TEXT_ZSTD || (mode == TEXT_RAW && length > left(from))) {
        refuse(from, DSR_ERR_STORE, "its text is missing");
        return;
    }
    char *text = dsr_arena_alloc(from->arena, (size_t)length + 1);
    if (text == NULL) {
        refuse(from, DSR_ERR_MEMORY, NULL);
        return;
    }
    if (mode == TEXT_ZSTD) {
        take_text_compressed(from, text, (size_t)length);
    } else {
        dsr_slice raw = take_bytes(from, length);
        if (raw.len > 0) {
            memcpy(text, raw.ptr, raw.len);
        }
    }
    *out = (dsr_slice){text, (size_t)length};
}

static void take_source_map(unpacker *from, dsr_report *out)
{
    uint32_t text_end = 0;
    uint64_t source_end = 0;
    TAKE_LIST(from, &out->source_map, 5);
    for (size_t i = 0; i < out->source_map.count; i++) {
        dsr_source_map_run *run = &out->source_map.items[i];
        run->unit = (uint8_t)take_kind(from);
        run->text.start = text_end + take_u32(from);
        run->text.end = run->text.start + take_u32(from);
        run->source.start = source_end + take_number(from);
        run->source.end = run->source.start + take_number(from);
        text_end = run->text.end;
        source_end = run->source.end;
    }
}

static void take_blocks(unpacker *from, dsr_report *out)
{
    uint32_t before = 0;
    TAKE_LIST(from, &out->blocks, 4);
    for (size_t i = 0; i < out->blocks.count; i++) {
        out->blocks.items[i].span = take_span(from, &before);
        out->blocks.items[i].kind = (dsr_block_kind)take_kind(from);
        out->blocks.items[i].level = (uint8_t)take_kind(from);
    }
}

static void take_numbers(unpacker *from, uint64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        numbers[i] = take_number(from);
    }
}

static void take_names(unpacker *from, dsr_report *out)
{
    TAKE_LIST(from, &out->entities, 4);
    for (size_t i = 0; i < out->entities.count; i++) {
        out->entities.items[i].id = take_slice(from);
        out->entities.items[i].canonical = take_slice(from);
        out->entities.items[i].type = (dsr_name_type)take_kind(from);
        out->entities.items[i].given_sex = (char)take_kind(from);
    }
    uint32_t before = 0;
    bool good = true;
    TAKE_LIST(from, &out->names, 2 + DSR_NAME_NUMBERS);
    for (size_t i = 0; i < out->names.count; i++) {
        uint64_t numbers[DSR_NAME_NUMBERS];
        out->names.items[i].span = take_span(from, &before);
        take_numbers(from, numbers, DSR_NAME_NUMBERS);
        good = dsr_name_unflatten(numbers, &out->names.items[i]) && good;
    }
    before = 0;
    TAKE_LIST(from, &out->references, 2 + DSR_REFERENCE_NUMBERS);
    for (size_t i = 0; i < out->references.count; i++) {
        uint64_t numbers[DSR_REFERENCE_NUMBERS];
        out->references.items[i].span = take_span(from, &before);
        take_numbers(from, numbers, DSR_REFERENCE_NUMBERS);
        good = dsr_reference_unflatten(numbers, &out->references.items[i]) && good;
    }
    if (!good) {
        refuse(from, DSR_ERR_STORE, "a name or reference is none");
    }
    before = 0;
    TAKE_LIST(from, &out->roles, 3);
    for (size_t i = 0; i < out->roles.count; i++) {
        out->roles.items[i].span = take_span(from, &before);
        out->roles.items[i].entity = take_u32(from);
    }
}

static void take_measures(unpacker *from, dsr_report *out)
{
    uint32_t before = 0;
    TAKE_LIST(from, &out->times, 2 + DSR_TIME_NUMBERS);
    for (size_t i = 0; i < out->times.count; i++) {
        uint64_t numbers[DSR_TIME_NUMBERS];
        dsr_time *time = &out->times.items[i];
        *time = (dsr_time){.span = take_span(from, &before), .earliest = DSR_NO_DAY, .latest = DSR_NO_DAY};
        take_numbers(from, numbers, DSR_TIME_NUMBERS);
        if (!dsr_time_unflatten(numbers, time)) {
            refuse(from, DSR_ERR_STORE, "a time is none");
        }
    }
    before = 0;
    TAKE_LIST(from, &out->figures, 4 + DSR_FIGURE_NUMBERS);
    for (size_t i = 0; i < out->figures.count; i++) {
        uint64_t numbers[DSR_FIGURE_NUMBERS];
        dsr_figure *figure = &out->figures.items[i];
        figure->span = take_span(from, &before);
        take_numbers(from, numbers, DSR_FIGURE_NUMBERS);
        if (!dsr_figure_unflatten(numbers, figure)) {
            refuse(from, DSR_ERR_STORE, "a figure is none");
        }
        figure->unit = take_slice(from);
        figure->kind = take_slice(from);
    }
}

static void take_annotations(unpacker *from, dsr_report *out)
{
    uint32_t before = 0;
    take_blocks(from, out);
    TAKE_LIST(from, &out->furniture, 3);
    for (size_t i = 0; i < out->furniture.count; i++) {
        out->furniture.items[i].span = take_span(from, &before);
        out->furniture.items[i].kind = (dsr_furniture_kind)take_kind(from);
    }
    before = 0;
    TAKE_LIST(from, &out->sentences, 2);
    for (size_t i = 0; i < out->sentences.count; i++) {
        out->sentences.items[i] = take_span(from, &before);
    }
    take_names(from, out);
    before = 0;
    TAKE_LIST(from, &out->quotes, 2 + DSR_QUOTE_NUMBERS);
    for (size_t i = 0; i < out->quotes.count; i++) {
        uint64_t numbers[DSR_QUOTE_NUMBERS];
        out->quotes.items[i].span = take_span(from, &before);
        take_numbers(from, numbers, DSR_QUOTE_NUMBERS);
        if (!dsr_quote_unflatten(numbers, &out->quotes.items[i])) {
            refuse(from, DSR_ERR_STORE, "a quotation is none");
        }
    }
    before = 0;
    TAKE_LIST(from, &out->credits, 3);
    for (size_t i = 0; i < out->credits.count; i++) {
        out->credits.items[i].span = take_span(from, &before);
        out->credits.items[i].agency = take_slice(from);
    }
    take_measures(from, out);
    dsr_slice rest = {from->at, left(from)};
    dsr_status status = from->status == DSR_OK ? dsr_events_take(from->arena, &rest, out) : DSR_OK;
    from->at = rest.ptr;
    if (status != DSR_OK) {
        refuse(from, status, "its events or positions are none");
    }
    take_slices(from, &out->warnings);
}

static dsr_status refuse_damaged(dsr_error *error, const char *what, size_t position)
{
    dsr_status status =
        dsr_fail(error, DSR_ERR_STORE, "store",
                 "the stored record is damaged: %s; remove the report and add it again", what);
    if (error != NULL) {
        dsr_error_set_position(error, position);
    }
    return status;
}

/* Looks at the header, and at the checksum before anything behind it is believed. */
static dsr_status check_header(dsr_slice packed, dsr_error *error)
{
    if (packed.len < HEADER_BYTES || memcmp(packed.ptr, magic, sizeof magic) != 0) {
        return refuse_damaged(error, "it does not begin like a record", 0);
    }
    unsigned version = (unsigned char)packed.ptr[MAGIC_BYTES];
    if (version > DSR_PACK_VERSION) {
        return dsr_fail(
            error, DSR_ERR_VERSION, "store",
            "a newer version of Dossier wrote this record (form %u, this program reads up to form %u); "
            "use that version",
            version, (unsigned)DSR_PACK_VERSION);
    }
    dsr_slice rest = dsr_slice_part(packed, HEADER_BYTES, packed.len);
    uint64_t checksum = load_le(packed.ptr + CHECKSUM_AT, HEADER_BYTES - CHECKSUM_AT);
    if (version != DSR_PACK_VERSION || checksum != dsr_hash64(rest, 0)) {
        return refuse_damaged(error, "its checksum does not fit", MAGIC_BYTES);
    }
    return DSR_OK;
}

static dsr_status refuse_body(const unpacker *from, dsr_slice packed, dsr_error *error)
{
    if (from->status == DSR_ERR_MEMORY) {
        return dsr_fail_memory(error, "store");
    }
    if (from->status == DSR_ERR_LIMIT) {
        return dsr_fail(error, DSR_ERR_LIMIT, "store",
                        "the stored text is longer than the %d bytes that a report may have; "
                        "remove the report",
                        (int)DSR_LIMIT_TEXT_BYTES);
    }
    return refuse_damaged(error, from->what, (size_t)(from->at - packed.ptr));
}

bool dsr_report_packed_has_blocks(dsr_slice packed)
{
    return packed.len > HEADER_BYTES && packed.ptr[HEADER_BYTES] != 0;
}

dsr_status dsr_report_unpack(dsr_arena *arena, dsr_slice packed, dsr_report *out, dsr_error *error)
{
    dsr_status status = check_header(packed, error);
    if (status != DSR_OK) {
        return status;
    }
    unpacker from = {.arena = arena, .at = packed.ptr + HEADER_BYTES, .end = packed.ptr + packed.len};
    dsr_report report = {0};
    bool has_blocks = take_number(&from) != 0;
    take_ids(&from, &report);
    take_source(&from, &report.source);
    take_meta(&from, &report.meta);
    take_text(&from, &report.text);
    take_source_map(&from, &report);
    take_annotations(&from, &report);
    if (has_blocks != (report.blocks.count > 0)) {
        refuse(&from, DSR_ERR_STORE, "its mark of having blocks is wrong");
    }
    if (left(&from) > 0) {
        refuse(&from, DSR_ERR_STORE, "something stands behind its end");
    }
    const char *what = NULL;
    if (from.status == DSR_OK && !dsr_report_is_sound(&report, &what)) {
        refuse(&from, DSR_ERR_STORE, what);
    }
    if (from.status != DSR_OK) {
        return refuse_body(&from, packed, error);
    }
    *out = report;
    return DSR_OK;
}
