/* Lemmas: a rule for a word and its tag, else for its longest ending that has one. Must not know syntax. */
#include "base/utf8.h"
#include "syntax/internal.h"

#include <string.h>

uint64_t dsr_lemma_word_key(const dsr_syntax_word *word)
{
    return dsr_feature_add(dsr_feature_add(0x1e3a, word->tag), word->form);
}

uint64_t dsr_lemma_ending_key(const dsr_syntax_word *word, unsigned length)
{
    uint64_t mask = length >= 8 ? UINT64_MAX : (UINT64_C(1) << (8 * length)) - 1;
    uint64_t bytes = word->tail & mask;
    return dsr_feature_add(dsr_feature_add(0x1e3b + length, word->tag), bytes);
}

static uint32_t find_rule(const dsr_syntax_model *model, const dsr_syntax_word *word)
{
    uint32_t rule = dsr_weights_number(&model->lemmas, dsr_lemma_word_key(word), DSR_SYNTAX_NONE);
    size_t longest = word->text.len < DSR_LEMMA_ENDING ? word->text.len : DSR_LEMMA_ENDING;
    for (unsigned length = (unsigned)longest + 1; rule == DSR_SYNTAX_NONE && length > 0; length--) {
        rule = dsr_weights_number(&model->lemmas, dsr_lemma_ending_key(word, length - 1), DSR_SYNTAX_NONE);
    }
    return rule < model->rule_count ? rule : 0;
}

size_t dsr_lemma_apply(const dsr_lemma_rule *rule, dsr_slice text, char *out)
{
    size_t used = 0;
    if (rule->keep_case) {
        memcpy(out, text.ptr, text.len);
        used = text.len;
    } else {
        char part[DSR_NORMAL_BYTES];
        while (text.len > 0) {
            /* At most 16 bytes at a time grow to at most 64. */
            size_t take = dsr_utf8_floor(text, text.len < 16 ? text.len : 16);
            take = take > 0 ? take : text.len;
            size_t got = dsr_word_lower((dsr_slice){text.ptr, take}, part);
            memcpy(out + used, part, got);
            used += got;
            text = dsr_slice_part(text, take, text.len);
        }
    }
    used -= rule->strip <= used ? rule->strip : 0;
    memcpy(out + used, rule->append, rule->length);
    return used + rule->length;
}

dsr_status dsr_lemma_words(const dsr_syntax_model *model, dsr_arena *arena, const dsr_syntax_word *words,
                           size_t count, dsr_syntax_token *out)
{
    size_t room = 0;
    for (size_t i = 0; i < count; i++) {
        room += 2 * words[i].text.len + DSR_SYNTAX_LEMMA_BYTES;
    }
    char *place = dsr_arena_alloc(arena, room);
    if (place == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        dsr_slice text = words[i].text;
        size_t length = dsr_lemma_apply(&model->rules[find_rule(model, &words[i])], text, place);
        dsr_slice lemma = {place, length};
        if (dsr_slice_equal(lemma, text)) {
            out[i].lemma = text;
        } else {
            out[i].lemma = lemma;
            place += length;
        }
    }
    return DSR_OK;
}
