/* CoNLL-U, a row at a time. */
#include "syntax/conllu.h"

#include <inttypes.h>

static size_t characters_at(dsr_conllu_place *p, size_t at)
{
    for (; p->at < at; p->at++) {
        p->characters += ((unsigned char)p->text.ptr[p->at] & 0xc0) != 0x80;
    }
    return p->characters;
}

/* The characters of a field: none may hold a tab or a line end. */
static void put_field(dsr_buffer *to, dsr_slice field)
{
    for (size_t i = 0; i < field.len; i++) {
        unsigned char c = (unsigned char)field.ptr[i];
        dsr_buffer_append_char(to, c < 0x20 ? ' ' : field.ptr[i]);
    }
    if (field.len == 0) {
        dsr_buffer_append_char(to, '_');
    }
}

static dsr_slice form_of(const dsr_conllu_place *p, const dsr_tokens *tokens, size_t first, size_t last)
{
    return dsr_slice_part(p->text, tokens->items[first].span.start, tokens->items[last].span.end);
}

static void put_misc(dsr_buffer *to, dsr_conllu_place *p, const dsr_tokens *tokens, size_t first, size_t last)
{
    size_t start = characters_at(p, tokens->items[first].span.start);
    size_t end = characters_at(p, tokens->items[last].span.end);
    bool glued = last + 1 < tokens->count && !tokens->items[last + 1].space_before;
    dsr_buffer_append_format(to, "%sstart_char=%zu|end_char=%zu\n", glued ? "SpaceAfter=No|" : "", start,
                             end);
}

static void put_token(dsr_buffer *to, const dsr_conllu_place *p, const dsr_tokens *tokens,
                      const dsr_syntax *syntax, size_t i)
{
    const dsr_syntax_token *token = &syntax->tokens[i];
    dsr_buffer_append_format(to, "%zu\t", i + 1);
    put_field(to, form_of(p, tokens, i, i));
    dsr_buffer_append_char(to, '\t');
    put_field(to, token->lemma);
    dsr_buffer_append_char(to, '\t');
    put_field(to, dsr_upos_name((dsr_upos)token->upos));
    dsr_buffer_append_char(to, '\t');
    put_field(to, dsr_xpos_name((dsr_xpos)token->xpos));
    dsr_buffer_append_format(to, "\t_\t%" PRIu32 "\t", token->head == DSR_SYNTAX_NONE ? 0 : token->head + 1);
    put_field(to, dsr_relation_name((dsr_relation)token->relation));
    dsr_buffer_append(to, DSR_SLICE("\t_\t"));
}

/* The tokens from `first` to `last` are one written word. */
static void put_word(dsr_buffer *to, dsr_conllu_place *p, const dsr_tokens *tokens, const dsr_syntax *syntax,
                     dsr_token_range word)
{
    size_t last = word.end - 1;
    if (last > word.start) {
        dsr_buffer_append_format(to, "%" PRIu32 "-%zu\t", word.start + 1, last + 1);
        put_field(to, form_of(p, tokens, word.start, last));
        dsr_buffer_append(to, DSR_SLICE("\t_\t_\t_\t_\t_\t_\t_\t"));
        put_misc(to, p, tokens, word.start, last);
    }
    for (size_t i = word.start; i <= last; i++) {
        put_token(to, p, tokens, syntax, i);
        if (last > word.start) {
            dsr_buffer_append(to, DSR_SLICE("_\n"));
        } else {
            put_misc(to, p, tokens, i, i);
        }
    }
}

void dsr_conllu_write(dsr_buffer *to, dsr_conllu_place *place, dsr_span sentence, const dsr_tokens *tokens,
                      const dsr_syntax *syntax)
{
    if (tokens->count == 0) {
        return;
    }
    dsr_buffer_append(to, DSR_SLICE("# text = "));
    put_field(to, dsr_slice_part(place->text, sentence.start, sentence.end));
    dsr_buffer_append_char(to, '\n');
    for (uint32_t i = 0; i < tokens->count;) {
        uint32_t end = i + 1;
        while (end < tokens->count && tokens->items[end].joined) {
            end++;
        }
        put_word(to, place, tokens, syntax, (dsr_token_range){i, end});
        i = end;
    }
    dsr_buffer_append_char(to, '\n');
}
