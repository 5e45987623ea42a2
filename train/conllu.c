/* Reads CoNLL-U for the trainers. Must not know what is learnt from it. */
#include "conllu.h"

#include "syntax/syntax.h"

#include <stdlib.h>

bool read_whole_file(dsr_arena *arena, const char *path, dsr_slice *out)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return false;
    }
    bool done = false;
    if (fseek(stream, 0, SEEK_END) == 0) {
        long size = ftell(stream);
        char *bytes = size >= 0 ? dsr_arena_alloc(arena, (size_t)size + 1) : NULL;
        rewind(stream);
        done = bytes != NULL && fread(bytes, 1, (size_t)size, stream) == (size_t)size;
        *out = (dsr_slice){bytes, done ? (size_t)size : 0};
    }
    fclose(stream);
    return done;
}

static unsigned number_of(dsr_slice s)
{
    unsigned number = 0;
    for (size_t i = 0; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) {
        number = number * 10 + (unsigned)(s.ptr[i] - '0');
    }
    return number;
}

enum { FIELDS = 10 };

/* A word from the fields of its line. */
static conllu_word make_word(const dsr_slice *field)
{
    return (conllu_word){.form = field[1],
                         .lemma = field[2],
                         .upos = (uint8_t)dsr_upos_find(field[3]),
                         .xpos = (uint8_t)dsr_xpos_find(field[4]),
                         .relation = (uint8_t)dsr_relation_find(field[7]),
                         .head = (uint16_t)number_of(field[6]),
                         .space = dsr_slice_find(field[9], DSR_SLICE("SpaceAfter=No"), 0) == SIZE_MAX};
}

typedef struct reading {
    conllu *out;
    dsr_arena *arena;
    bool open; /* a sentence is */
    bool paragraph;
    unsigned together_end; /* the multiword token that goes on to this word */
    bool together_space;
} reading;

static void begin_sentence(reading *r)
{
    conllu *c = r->out;
    uint32_t document = c->documents.count > 0 ? (uint32_t)(c->documents.count - 1) : 0;
    c->sentences.items[c->sentences.count++] =
        (conllu_sentence){(uint32_t)c->words.count, 0, document, r->paragraph};
    r->open = true;
    r->paragraph = false;
    r->together_end = 0;
}

static bool read_word(reading *r, dsr_slice line)
{
    dsr_slice field[FIELDS] = {{NULL, 0}};
    size_t fields = 0;
    while (fields < FIELDS && dsr_slice_next_field(&line, '\t', &field[fields])) {
        fields++;
    }
    if (fields != FIELDS || dsr_slice_find(field[0], DSR_SLICE("."), 0) != SIZE_MAX) {
        return fields == FIELDS;
    }
    conllu *c = r->out;
    if (DSR_LIST_RESERVE(r->arena, &c->words, 1) != DSR_OK ||
        DSR_LIST_RESERVE(r->arena, &c->sentences, 1) != DSR_OK) {
        return false;
    }
    if (!r->open) {
        begin_sentence(r);
    }
    conllu_word word = make_word(field);
    size_t dash = dsr_slice_find(field[0], DSR_SLICE("-"), 0);
    if (dash != SIZE_MAX) {
        r->together_end = number_of(dsr_slice_part(field[0], dash + 1, field[0].len));
        r->together_space = word.space;
        return true;
    }
    unsigned number = number_of(field[0]);
    if (number < r->together_end) {
        word.space = false;
    } else if (number == r->together_end) {
        word.space = r->together_space;
    }
    c->words.items[c->words.count++] = word;
    c->sentences.items[c->sentences.count - 1].count++;
    return true;
}

static bool read_line(reading *r, dsr_slice line)
{
    conllu *c = r->out;
    if (line.len == 0) {
        r->open = false;
    } else if (line.ptr[0] != '#') {
        return read_word(r, line);
    } else if (dsr_slice_starts(line, DSR_SLICE("# newdoc"))) {
        if (DSR_LIST_RESERVE(r->arena, &c->documents, 1) != DSR_OK) {
            return false;
        }
        size_t equals = dsr_slice_find(line, DSR_SLICE("= "), 0);
        c->documents.items[c->documents.count++] =
            equals == SIZE_MAX ? DSR_SLICE("") : dsr_slice_part(line, equals + 2, line.len);
        r->paragraph = true;
    } else if (dsr_slice_starts(line, DSR_SLICE("# newpar"))) {
        r->paragraph = true;
    }
    return true;
}

bool conllu_read(dsr_arena *arena, const char *path, conllu *out)
{
    dsr_slice rest;
    dsr_slice line;
    if (!read_whole_file(arena, path, &rest)) {
        fprintf(stderr, "%s: cannot be read; expected a CoNLL-U file\n", path);
        return false;
    }
    reading r = {.out = out, .arena = arena};
    for (size_t number = 1; dsr_slice_next_line(&rest, &line); number++) {
        if (!read_line(&r, line)) {
            fprintf(stderr, "%s: line %zu is no line of CoNLL-U\n", path, number);
            return false;
        }
    }
    return true;
}
