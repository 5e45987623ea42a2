/* One sentence through tags, lemmas and syntax; a long one in pieces. */
#include "base/limits.h"
#include "syntax/internal.h"

#include <string.h>

/* A sentence under analysis. */
typedef struct analysis {
    const dsr_syntax_model *model;
    size_t count;
    dsr_slice *forms;
    dsr_net_answer *answers;
    dsr_syntax_word *words;
    dsr_syntax_token *tokens;
    uint32_t root;
} analysis;

static bool is_mark(dsr_slice form, const char *marks)
{
    return form.len == 1 && form.ptr[0] != '\0' && strchr(marks, form.ptr[0]) != NULL;
}

/* The end of the piece that begins at `start`: the last stop, semicolon or comma in its second half, else its
 * limit. */
static size_t end_of_piece(const analysis *a, size_t start)
{
    if (a->count - start <= DSR_LIMIT_PARSED_TOKENS) {
        return a->count;
    }
    size_t comma = 0;
    for (size_t end = start + DSR_LIMIT_PARSED_TOKENS; end > start + DSR_LIMIT_PARSED_TOKENS / 2; end--) {
        if (is_mark(a->forms[end - 1], ".!?;:")) {
            return end;
        }
        comma = comma == 0 && is_mark(a->forms[end - 1], ",") ? end : comma;
    }
    return comma != 0 ? comma : start + DSR_LIMIT_PARSED_TOKENS;
}

/* Tags and tree of the tokens from `start` to `end`; their root hangs on the sentence's, or becomes it. */
static void take_piece(analysis *a, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        const dsr_net_answer *answer = &a->answers[i];
        dsr_syntax_token *token = &a->tokens[i];
        token->xpos = a->model->tags[answer->tag].xpos;
        token->upos = a->model->tags[answer->tag].upos;
        a->words[i].tag = answer->tag;
        if (answer->head != 0) {
            token->head = (uint32_t)(start + answer->head - 1);
            token->relation = answer->relation;
        } else {
            token->head = a->root;
            token->relation = a->root == DSR_SYNTAX_NONE ? DSR_REL_ROOT : DSR_REL_PARATAXIS;
            a->root = a->root == DSR_SYNTAX_NONE ? (uint32_t)i : a->root;
        }
    }
}

static dsr_status parse_pieces(analysis *a)
{
    dsr_status status = DSR_OK;
    for (size_t start = 0; status == DSR_OK && start < a->count;) {
        size_t end = end_of_piece(a, start);
        status = dsr_net_run(&a->model->net, a->forms + start, end - start, a->answers + start);
        if (status == DSR_OK) {
            take_piece(a, start, end);
        }
        start = end;
    }
    return status;
}

/* Each token stands before the children of its head that lie to its right. */
static void chain_children(const dsr_syntax_token *tokens, size_t count, uint32_t *first, uint32_t *next)
{
    for (size_t i = 0; i < count; i++) {
        first[i] = DSR_SYNTAX_NONE;
    }
    for (size_t i = count; i > 0; i--) {
        uint32_t head = tokens[i - 1].head;
        next[i - 1] = DSR_SYNTAX_NONE;
        if (head != DSR_SYNTAX_NONE) {
            next[i - 1] = first[head];
            first[head] = (uint32_t)(i - 1);
        }
    }
}

static dsr_status open_analysis(dsr_arena *arena, dsr_slice text, const dsr_token *tokens, analysis *a)
{
    a->forms = dsr_arena_alloc_array(arena, a->count, sizeof *a->forms);
    a->answers = dsr_arena_alloc_array(arena, a->count, sizeof *a->answers);
    a->words = dsr_arena_alloc_array(arena, a->count, sizeof *a->words);
    a->tokens = dsr_arena_alloc_array(arena, a->count, sizeof *a->tokens);
    if (a->forms == NULL || a->answers == NULL || a->words == NULL || a->tokens == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < a->count; i++) {
        a->forms[i] = dsr_slice_part(text, tokens[i].span.start, tokens[i].span.end);
        dsr_word_set(&a->words[i], a->forms[i]);
    }
    return DSR_OK;
}

dsr_status dsr_syntax_analyse(const dsr_syntax_model *model, dsr_arena *arena, dsr_slice text,
                              const dsr_token *tokens, size_t count, dsr_syntax *out)
{
    analysis a = {.model = model, .count = count, .root = DSR_SYNTAX_NONE};
    uint32_t *first = dsr_arena_alloc_array(arena, count, sizeof *first);
    uint32_t *next = dsr_arena_alloc_array(arena, count, sizeof *next);
    if (first == NULL || next == NULL || open_analysis(arena, text, tokens, &a) != DSR_OK ||
        parse_pieces(&a) != DSR_OK || dsr_lemma_words(model, arena, a.words, count, a.tokens) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    chain_children(a.tokens, count, first, next);
    *out = (dsr_syntax){a.tokens, first, next, count, a.root};
    return DSR_OK;
}
