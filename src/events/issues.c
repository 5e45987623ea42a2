/* The issue of a position: by the patterns of data/, which give one name to one issue whatever its words,
 * else by the words of the text themselves. */
#include "events/coder.h"

/* ---- patterns ---- */

static bool has_word(const dsr_view *v, dsr_token_range range, uint32_t class_number)
{
    for (uint32_t t = range.start; t < range.end; t++) {
        if (dsr_view_in(v, t, class_number)) {
            return true;
        }
    }
    return false;
}

/* The first name of the clause of that kind: what "{body}" or "{place}" in a label stands for. */
static dsr_slice name_in(const dsr_coder *c, dsr_token_range range, bool body, const dsr_position *position)
{
    const dsr_view *v = &c->view;
    for (uint32_t t = range.start; t < range.end; t++) {
        if (v->names[t] == DSR_NO_TOKEN) {
            continue;
        }
        const dsr_name *name = &c->report->names.items[v->names[t]];
        bool fits =
            body ? name->type == DSR_NAME_ORG
                 : name->type == DSR_NAME_GPE || name->type == DSR_NAME_LOC || name->type == DSR_NAME_NORP;
        uint32_t entity = name->metonym_for != DSR_NO_ENTITY ? name->metonym_for : name->entity;
        if (fits && entity != dsr_actor_side(&position->party)) {
            dsr_actor actor = {{0, 0}, entity, DSR_NO_ENTITY, {NULL, 0}};
            return dsr_report_actor_name(c->report, &actor);
        }
    }
    return DSR_SLICE_NONE;
}

static dsr_status fill_label(const dsr_coder *c, dsr_slice label, dsr_slice name, dsr_slice *out)
{
    size_t open = dsr_slice_find(label, DSR_SLICE("{"), 0), close = dsr_slice_find(label, DSR_SLICE("}"), 0);
    if (open == SIZE_MAX || close == SIZE_MAX || close < open) {
        *out = label;
        return DSR_OK;
    }
    dsr_slice before = dsr_slice_part(label, 0, open), behind = dsr_slice_part(label, close + 1, label.len);
    return dsr_arena_format(c->arena, out, "%.*s%.*s%.*s", DSR_PRINT(before), DSR_PRINT(name),
                            DSR_PRINT(behind));
}

/* ---- words of the text ---- */

static bool is_complement(dsr_relation kind)
{
    return kind == DSR_REL_OBJ || kind == DSR_REL_XCOMP || kind == DSR_REL_CCOMP || kind == DSR_REL_OBL ||
           kind == DSR_REL_NMOD || kind == DSR_REL_ACL || kind == DSR_REL_NSUBJ;
}

enum { WORDS_MOST = 8 };

/* The object of what is wanted or refused, at most a few words of it. */
static dsr_slice own_words(const dsr_coder *c, uint32_t predicate)
{
    const dsr_view *v = &c->view;
    uint32_t best = dsr_view_object(v, predicate);
    for (uint32_t child = v->syntax->first_child[predicate]; best == DSR_NO_TOKEN && child != DSR_SYNTAX_NONE;
         child = v->syntax->next_child[child]) {
        if (child > predicate && is_complement(dsr_view_kind(v, child))) {
            best = child;
        }
    }
    if (best == DSR_NO_TOKEN) {
        return DSR_SLICE_NONE;
    }
    dsr_token_range range = dsr_syntax_subtree(v->syntax, best);
    range.start = range.start <= predicate && best > predicate ? predicate + 1 : range.start;
    while (range.start + 1 < range.end && (v->syntax->tokens[range.start].upos == DSR_UPOS_DET ||
                                           v->syntax->tokens[range.start].upos == DSR_UPOS_ADP ||
                                           v->syntax->tokens[range.start].upos == DSR_UPOS_PART ||
                                           v->syntax->tokens[range.start].upos == DSR_UPOS_SCONJ ||
                                           v->syntax->tokens[range.start].upos == DSR_UPOS_PUNCT)) {
        range.start++;
    }
    range.end = range.end > range.start + WORDS_MOST ? range.start + WORDS_MOST : range.end;
    while (range.end > range.start + 1 && v->syntax->tokens[range.end - 1].upos != DSR_UPOS_NOUN &&
           v->syntax->tokens[range.end - 1].upos != DSR_UPOS_PROPN &&
           v->syntax->tokens[range.end - 1].upos != DSR_UPOS_VERB) {
        range.end--;
    }
    dsr_span span = dsr_coder_span(c, range);
    return dsr_slice_part(c->report->text, span.start, span.end);
}

dsr_status dsr_issue_find(const dsr_coder *c, dsr_token_range range, const dsr_position *position,
                          uint32_t predicate, dsr_slice *out)
{
    const dsr_coding_rules *rules = c->view.rules;
    for (size_t i = 0; i < rules->issues.count; i++) {
        const dsr_rule_issue *issue = &rules->issues.items[i];
        if (!has_word(&c->view, range, issue->first) ||
            (issue->second != DSR_RULE_NONE && !has_word(&c->view, range, issue->second))) {
            continue;
        }
        bool body = dsr_slice_find(issue->label, DSR_SLICE("{body}"), 0) != SIZE_MAX;
        bool place = dsr_slice_find(issue->label, DSR_SLICE("{place}"), 0) != SIZE_MAX;
        dsr_slice name = body || place ? name_in(c, range, body, position) : DSR_SLICE_NONE;
        if ((body || place) && name.len == 0) {
            continue;
        }
        return fill_label(c, issue->label, name, out);
    }
    *out = own_words(c, predicate);
    return DSR_OK;
}
