/* Model files made by hand, and sentences analysed. */
#include "support.h"

#include "base/hash.h"
#include "syntax/weights.h"

#include <string.h>

static void append_u32(dsr_buffer *out, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        dsr_buffer_append_char(out, (char)(value >> 8 * i & 0xff));
    }
}

static void write_u64(char *at, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        at[i] = (char)(value >> 8 * i & 0xff);
    }
}

void mend_checksum(dsr_buffer *file)
{
    write_u64(file->data + 16, file->len);
    write_u64(file->data + 24, dsr_hash64((dsr_slice){file->data + 32, file->len - 32}, DSR_WEIGHTS_VERSION));
}

void make_file(dsr_buffer *out, const made_part *parts, size_t count)
{
    dsr_buffer_append(out, DSR_SLICE("DSRMODEL"));
    append_u32(out, DSR_WEIGHTS_VERSION);
    append_u32(out, (uint32_t)count);
    dsr_buffer_append_fill(out, 0, 16);
    size_t at = 32 + 16 * count;
    for (size_t i = 0; i < count; i++) {
        char name[8] = {0};
        memcpy(name, parts[i].name, strlen(parts[i].name));
        at = (at + 63) / 64 * 64;
        dsr_buffer_append_bytes(out, name, sizeof name);
        append_u32(out, (uint32_t)at);
        append_u32(out, (uint32_t)parts[i].bytes.len);
        at += parts[i].bytes.len;
    }
    for (size_t i = 0; i < count; i++) {
        dsr_buffer_append_fill(out, 0, (64 - out->len % 64) % 64);
        dsr_buffer_append(out, parts[i].bytes);
    }
    assert_int_equal(out->status, DSR_OK);
    mend_checksum(out);
}

void make_table(dsr_buffer *out, const uint32_t *slots, const uint16_t *pool, size_t cells)
{
    append_u32(out, 2);
    append_u32(out, (uint32_t)cells);
    dsr_buffer_append_fill(out, 0, 56);
    for (size_t i = 0; i < 8; i++) {
        append_u32(out, slots[i]);
    }
    for (size_t i = 0; i < cells; i++) {
        dsr_buffer_append_char(out, (char)(pool[i] & 0xff));
        dsr_buffer_append_char(out, (char)(pool[i] >> 8));
    }
}

dsr_syntax_model *open_english(void)
{
    dsr_syntax_model *model = NULL;
    dsr_error error = {.message = ""};
    if (dsr_syntax_open(DSR_TEST_MODEL, &model, &error) != DSR_OK) {
        fail_msg("%s: %s", error.subject, error.message);
    }
    return model;
}

dsr_syntax analyse(const dsr_syntax_model *model, dsr_arena *arena, const char *words)
{
    dsr_slice rest = dsr_slice_of(words);
    dsr_slice word;
    DSR_LIST(dsr_token) tokens = {0};
    dsr_syntax out = {0};
    while (dsr_slice_next_field(&rest, ' ', &word)) {
        uint32_t start = (uint32_t)(word.ptr - words);
        assert_int_equal(DSR_LIST_RESERVE(arena, &tokens, 1), DSR_OK);
        tokens.items[tokens.count++] = (dsr_token){.span = {start, start + (uint32_t)word.len}};
    }
    assert_int_equal(dsr_syntax_analyse(model, arena, dsr_slice_of(words), tokens.items, tokens.count, &out),
                     DSR_OK);
    return out;
}

uint32_t find_word(const dsr_syntax *syntax, const char *words, const char *word)
{
    dsr_slice rest = dsr_slice_of(words);
    dsr_slice next;
    for (uint32_t i = 0; i < syntax->count && dsr_slice_next_field(&rest, ' ', &next); i++) {
        if (dsr_slice_equal(next, dsr_slice_of(word))) {
            return i;
        }
    }
    fail_msg("no word %s in: %s", word, words);
    return 0;
}
