/* See options.h. */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_ROOM = 32 /* longer words are near to no name */ };

dsr_colour dsr_settings_colour(const dsr_settings *settings)
{
    if (settings->colour == NULL || strcmp(settings->colour, "auto") == 0)
        return DSR_COLOUR_AUTO;
    return strcmp(settings->colour, "always") == 0 ? DSR_COLOUR_ALWAYS : DSR_COLOUR_NEVER;
}

bool dsr_confidence_parse(const char *text, unsigned *thousandths)
{
    const char *at = text;
    bool one = *at == '1';
    unsigned value = one ? DSR_CERTAIN : 0;
    at += *at == '0' || *at == '1';
    if (*at == '.') {
        unsigned worth = DSR_CERTAIN / 10;
        for (at++; *at >= '0' && *at <= '9'; at++, worth /= 10)
            value += (unsigned)(*at - '0') * worth;
    }
    if (text[0] == '\0' || strcmp(text, ".") == 0 || *at != '\0' || value > DSR_CERTAIN)
        return false;
    *thousandths = value;
    return true;
}

dsr_command dsr_command_find(const char *name)
{
    unsigned command = 0;
    while (command < DSR_COMMANDS && strcmp(dsr_command_infos[command].name, name) != 0)
        command++;
    return (dsr_command)command;
}

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Edits from one word to another: insertions, deletions, other letters, and two neighbours swapped, each
 * counting one. */
static size_t distance(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b), rows[3][NAME_ROOM + 1];
    if (m > NAME_ROOM || n > NAME_ROOM)
        return NAME_ROOM;
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= n; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= m; i++) {
        now[0] = i;
        for (size_t j = 1; j <= n; j++) {
            now[j] = least_of(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[n];
}

/* Near: at most a third of the word is other, or the word begins the name. */
static bool is_near(const char *word, const char *name, size_t *best)
{
    size_t apart = distance(word, name), length = strlen(word);
    size_t most = length < 4 ? 1 : length < 8 ? 2 : 3;
    if (length >= 2 && strncmp(word, name, length) == 0)
        apart = 0;
    if (apart > most || apart >= *best)
        return false;
    *best = apart;
    return true;
}

const char *dsr_command_nearest(const char *name)
{
    size_t best = NAME_ROOM;
    const char *nearest = NULL;
    for (unsigned i = 0; i < DSR_COMMANDS; i++)
        if (is_near(name, dsr_command_infos[i].name, &best))
            nearest = dsr_command_infos[i].name;
    return nearest;
}

const char *dsr_option_nearest(const char *name, dsr_command command)
{
    size_t best = NAME_ROOM;
    const char *nearest = NULL;
    for (const dsr_option *option = dsr_options; option->name; option++)
        if ((option->commands >> command & 1) && option->help && is_near(name, option->name, &best))
            nearest = option->name;
    return nearest;
}

static const dsr_option *find_long(const char *name, size_t length)
{
    for (const dsr_option *option = dsr_options; option->name; option++)
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0)
            return option;
    return NULL;
}

static const dsr_option *find_letter(char letter)
{
    for (const dsr_option *option = dsr_options; option->name; option++)
        if (option->letter == letter)
            return option;
    return NULL;
}

/* Where the parser stands. */
typedef struct parse {
    int argc, at;
    char **argv;
    dsr_settings settings;
    dsr_error *error;
} parse;

static dsr_status set_number(parse *p, const dsr_option *option, const char *value)
{
    char *end = NULL;
    bool digits = value[0] >= '0' && value[0] <= '9' && strlen(value) < 10;
    unsigned long number = digits ? strtoul(value, &end, 10) : 0;
    if (!digits || *end != '\0' || number < option->least || number > option->most)
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options",
                        "--%s takes a number from %u to %u, not \"%s\"", option->name, option->least,
                        option->most, value);
    *(unsigned *)(void *)((char *)&p->settings + option->field) = (unsigned)number;
    return DSR_OK;
}

static bool is_choice(const char *choices, const char *value)
{
    size_t length = strlen(value);
    for (const char *at = choices; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (length > 0 && strncmp(at, value, length) == 0 && (at[length] == '|' || at[length] == '\0'))
            return true;
    return false;
}

static dsr_status set_value(parse *p, const dsr_option *option, const char *value)
{
    if (option->kind == DSR_OPTION_NUMBER)
        return set_number(p, option, value);
    if (option->kind == DSR_OPTION_CHOICE && !is_choice(option->choices, value))
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "--%s takes one of %s, not \"%s\"",
                        option->name, option->choices, value);
    if (value[0] == '\0')
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "--%s takes %s, but was given an empty value",
                        option->name, option->argument);
    *(const char **)(void *)((char *)&p->settings + option->field) = value;
    return DSR_OK;
}

/* Sets one option. `value` is what stood with it ("--name=value", "-nvalue"), NULL where nothing did. */
static dsr_status set_option(parse *p, const dsr_option *option, const char *value)
{
    const char *command = dsr_command_infos[p->settings.command].name;
    if (!(option->commands >> p->settings.command & 1))
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "`dossier %s` takes no --%s", command,
                        option->name);
    if (option->kind == DSR_OPTION_FLAG) {
        if (value)
            return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "--%s takes no value", option->name);
        *(bool *)(void *)((char *)&p->settings + option->field) = true;
        return DSR_OK;
    }
    if (value == NULL) {
        if (p->at >= p->argc)
            return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "--%s takes %s, but nothing follows it",
                            option->name, option->argument);
        value = p->argv[p->at++];
    }
    return set_value(p, option, value);
}

static dsr_status set_long(parse *p, const char *name)
{
    const char *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const dsr_option *option = find_long(name, length);
    if (option)
        return set_option(p, option, equals ? equals + 1 : NULL);
    char word[NAME_ROOM + 1] = "";
    if (length <= NAME_ROOM)
        memcpy(word, name, length);
    const char *nearest = dsr_option_nearest(word, p->settings.command);
    const char *command = dsr_command_infos[p->settings.command].name;
    if (nearest)
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options",
                        "`dossier %s` knows no option --%.*s; did you mean --%s?", command, (int)length, name,
                        nearest);
    return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "`dossier %s` knows no option --%.*s", command,
                    (int)length, name);
}

/* "-q", "-qa", "-j4", "-j 4" */
static dsr_status set_letters(parse *p, const char *letters)
{
    while (*letters) {
        const dsr_option *option = find_letter(*letters);
        if (option == NULL)
            return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "`dossier %s` knows no option -%.*s",
                            dsr_command_infos[p->settings.command].name, 1, letters);
        letters++;
        bool flag = option->kind == DSR_OPTION_FLAG;
        dsr_status status = set_option(p, option, flag || *letters == '\0' ? NULL : letters);
        if (status != DSR_OK || !flag)
            return status;
    }
    return DSR_OK;
}

static dsr_status find_command(parse *p)
{
    const char *word = p->argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        p->settings.command = DSR_COMMAND_HELP;
    else if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        p->settings.command = DSR_COMMAND_VERSION;
    else
        p->settings.command = dsr_command_find(word);
    if (p->settings.command != DSR_COMMANDS)
        return DSR_OK;
    const char *nearest = dsr_command_nearest(word);
    if (word[0] == '-')
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options",
                        "the command comes first, then its options; \"%s\" is no command", word);
    if (nearest)
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options",
                        "there is no command \"%s\"; did you mean \"%s\"?", word, nearest);
    return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "there is no command \"%s\"", word);
}

static dsr_status check_operands(const parse *p)
{
    const dsr_command_info *info = &dsr_command_infos[p->settings.command];
    if (p->settings.help)
        return DSR_OK;
    if (p->settings.operand_count < info->least)
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "`dossier %s` needs %s, but nothing was given",
                        info->name, info->operands);
    if (p->settings.operand_count > info->most)
        return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options", "`dossier %s` takes no \"%s\"", info->name,
                        p->settings.operands[info->most]);
    for (unsigned i = 0; i < p->settings.operand_count; i++)
        if (p->settings.operands[i][0] == '\0')
            return dsr_fail(p->error, DSR_ERR_ARGUMENT, "options",
                            "`dossier %s` was given an empty name for %s", info->name, info->operands);
    return DSR_OK;
}

dsr_status dsr_settings_parse(int argc, char **argv, dsr_settings *out, dsr_error *error)
{
    parse p = {.argc = argc, .argv = argv, .at = 2, .error = error};
    dsr_error_clear(error);
    if (argc < 2)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options", "no command was given");
    dsr_status status = find_command(&p);
    bool ended = false;
    int operands = 2; /* argv[2] up to here are operands */
    while (status == DSR_OK && p.at < argc) {
        char *word = argv[p.at++];
        if (!ended && strcmp(word, "--") == 0)
            ended = true;
        else if (!ended && word[0] == '-' && word[1] == '-')
            status = set_long(&p, word + 2);
        else if (!ended && word[0] == '-' && word[1] != '\0')
            status = set_letters(&p, word + 1);
        else
            argv[operands++] = word;
    }
    if (status != DSR_OK)
        return status;
    p.settings.operands = (const char *const *)argv + 2;
    p.settings.operand_count = (unsigned)(operands - 2);
    status = check_operands(&p);
    if (status == DSR_OK)
        *out = p.settings;
    return status;
}
