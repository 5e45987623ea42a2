/* The report's tokens in one row, each with its name, quotation and place in the tree. Must not know who is
 * who. */
#include "annotate/refer_parts.h"

#include "base/limits.h"

#include <string.h>

static void add_sentence(dsr_refer_state *r, const dsr_refer_sentence *sentence, uint32_t number)
{
    uint32_t start = (uint32_t)r->token_count;
    for (size_t i = 0; i < sentence->count; i++) {
        const dsr_token *token = &sentence->tokens[i];
        char first = r->text.ptr[token->span.start];
        dsr_refer_token t = {.span = token->span,
                             .sentence = number,
                             .name = DSR_NONE,
                             .quote = DSR_NONE,
                             .head = DSR_NONE,
                             .kind = (uint8_t)token->kind,
                             .upos = DSR_UPOS_COUNT,
                             .relation = DSR_REL_COUNT,
                             .capital = first >= 'A' && first <= 'Z',
                             .joined = token->joined};
        if (sentence->syntax != NULL && i < sentence->syntax->count) {
            const dsr_syntax_token *s = &sentence->syntax->tokens[i];
            t.upos = s->upos;
            t.relation = s->relation;
            t.head = s->head < sentence->count ? start + s->head : DSR_NONE;
        }
        r->tokens[r->token_count++] = t;
    }
}

/* Paragraphs end at an empty line; single line ends part them, too, where the text has no empty lines. */
static bool is_paragraph_end(dsr_slice between)
{
    size_t at = dsr_slice_find(between, DSR_SLICE("\n"), 0);
    return at != SIZE_MAX;
}

static dsr_status list_tokens(dsr_refer_state *r, const dsr_refer_sentence *sentences, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        most += sentences[i].count;
    }
    r->tokens = dsr_arena_alloc_array(r->arena, most + 1, sizeof *r->tokens);
    r->sentence_starts = dsr_arena_alloc_array(r->arena, count + 1, sizeof *r->sentence_starts);
    r->paragraph_of = dsr_arena_alloc_array(r->arena, count + 1, sizeof *r->paragraph_of);
    if (r->tokens == NULL || r->sentence_starts == NULL || r->paragraph_of == NULL) {
        return DSR_ERR_MEMORY;
    }
    uint32_t before = 0;
    uint32_t paragraph = 0;
    for (size_t i = 0; i < count; i++) {
        r->sentence_starts[i] = (uint32_t)r->token_count;
        if (sentences[i].count > 0) {
            uint32_t start = sentences[i].tokens[0].span.start;
            paragraph += before < start && is_paragraph_end(dsr_slice_part(r->text, before, start));
            before = sentences[i].tokens[sentences[i].count - 1].span.end;
        }
        r->paragraph_of[i] = paragraph;
        add_sentence(r, &sentences[i], (uint32_t)i);
    }
    r->sentence_count = count;
    r->sentence_starts[count] = (uint32_t)r->token_count;
    return DSR_OK;
}

/* Lays names and quotations over the tokens; all three are in order. */
static dsr_status lay_over(dsr_refer_state *r)
{
    const dsr_report *report = r->report;
    r->mention_count = report->names.count;
    r->mentions = dsr_arena_alloc_array(r->arena, r->mention_count + 1, sizeof *r->mentions);
    r->speakers = dsr_arena_alloc_array(r->arena, report->quotes.count + 1, sizeof *r->speakers);
    if (r->mentions == NULL || r->speakers == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t q = 0; q < report->quotes.count; q++) {
        r->speakers[q] = DSR_NONE;
    }
    size_t token = 0;
    for (size_t i = 0; i < r->mention_count; i++) {
        dsr_span span = report->names.items[i].span;
        while (token < r->token_count && r->tokens[token].span.end <= span.start) {
            token++;
        }
        dsr_refer_mention *m = &r->mentions[i];
        *m = (dsr_refer_mention){.first = (uint32_t)token, .thing = DSR_NONE, .metonym = DSR_NONE};
        while (token < r->token_count && r->tokens[token].span.start < span.end) {
            r->tokens[token++].name = (uint32_t)i;
        }
        m->end = (uint32_t)token;
    }
    token = 0;
    for (size_t q = 0; q < report->quotes.count; q++) {
        dsr_span span = report->quotes.items[q].span;
        while (token < r->token_count && r->tokens[token].span.start < span.start) {
            token++;
        }
        while (token < r->token_count && r->tokens[token].span.end <= span.end) {
            r->tokens[token++].quote = (uint32_t)q;
        }
    }
    return DSR_OK;
}

dsr_status dsr_refer_set_up(dsr_refer_state *r, const dsr_refer_sentence *sentences, size_t count)
{
    dsr_status status = list_tokens(r, sentences, count);
    return status == DSR_OK ? lay_over(r) : status;
}

dsr_slice dsr_refer_token_text(const dsr_refer_state *r, uint32_t token)
{
    return token < r->token_count ? dsr_refer_text(r, r->tokens[token].span) : DSR_SLICE("");
}

bool dsr_refer_is(const dsr_refer_state *r, uint32_t token, const char *word)
{
    return dsr_slice_equal_nocase(dsr_refer_token_text(r, token), dsr_slice_of(word));
}

bool dsr_refer_is_one_of(const dsr_refer_state *r, uint32_t token, const char *words)
{
    dsr_slice text = dsr_refer_token_text(r, token);
    dsr_slice rest = dsr_slice_of(words);
    dsr_slice word;
    while (text.len > 0 && dsr_slice_next_field(&rest, ' ', &word)) {
        if (word.len == text.len && dsr_slice_equal_nocase(word, text)) {
            return true;
        }
    }
    return false;
}

uint32_t dsr_refer_lists(const dsr_refer_state *r, uint32_t token)
{
    bool word = token < r->token_count && r->tokens[token].kind == DSR_TOKEN_WORD;
    return word ? dsr_gazetteer_find_text(r->tables->gazetteer, dsr_refer_token_text(r, token)) : 0;
}

char dsr_refer_given_sex(const dsr_refer_state *r, dsr_slice given)
{
    uint32_t lists = dsr_gazetteer_find_text(r->tables->gazetteer, given);
    bool female = (lists & DSR_GAZETTEER_FEMALE) != 0;
    bool male = (lists & DSR_GAZETTEER_MALE) != 0;
    return female == male ? 0 : female ? 'f' : 'm';
}

bool dsr_refer_is_possessive(const dsr_refer_state *r, uint32_t end)
{
    return end < r->token_count && dsr_refer_is_one_of(r, end, "'s \xe2\x80\x99s ' \xe2\x80\x99") &&
           r->tokens[end].span.start == r->tokens[end - 1].span.end;
}

/* Without syntax: a name, then a word that is no preposition and no mark, with nothing of its kind before it
 * in the sentence. */
static bool looks_like_subject(const dsr_refer_state *r, uint32_t first, uint32_t end)
{
    uint32_t start = r->sentence_starts[r->tokens[first].sentence];
    bool leads =
        first == start || dsr_refer_is_one_of(r, first - 1, ", and but \" \xe2\x80\x9d that as while when");
    return leads && end < r->token_count && r->tokens[end].kind == DSR_TOKEN_WORD &&
           !r->tokens[end].capital && !dsr_refer_is_possessive(r, end) &&
           !dsr_refer_is_one_of(r, end, "and of in for at on or to with");
}

bool dsr_refer_is_subject(const dsr_refer_state *r, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        const dsr_refer_token *token = &r->tokens[t];
        if (token->upos == DSR_UPOS_COUNT) {
            return looks_like_subject(r, first, end);
        }
        bool top = token->head == DSR_NONE || token->head < first || token->head >= end;
        if (top && token->relation < DSR_REL_COUNT) {
            dsr_relation relation = dsr_relation_universal((dsr_relation)token->relation);
            return relation == DSR_REL_NSUBJ || relation == DSR_REL_CSUBJ;
        }
    }
    return false;
}
