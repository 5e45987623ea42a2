/* The tables of commands and options. See options.h. */
#include "cli/options.h"

#define BIT(command) (1u << DSR_COMMAND_##command)
enum {
    TAKES_FILES = BIT(READ) | BIT(EXTRACT) | BIT(ANNOTATE) | BIT(NAMES) | BIT(TIMES) | BIT(FIGURES) |
                  BIT(QUOTES) | BIT(EVENTS) | BIT(POSITIONS) | BIT(COPIES) | BIT(BRIEF) | BIT(ADD) |
                  BIT(WATCH) | BIT(CHECK),
    TAKES_STORE = BIT(DIFF) | BIT(CHECK) | BIT(OUTLETS) | BIT(ADD) | BIT(WATCH) | BIT(STORIES) | BIT(SHOW) |
                  BIT(WHY) | BIT(REMOVE) | BIT(MEND) | BIT(VERIFY),
    WORKS = TAKES_FILES | TAKES_STORE,
    LAYS_OUT = BIT(READ) | BIT(NAMES) | BIT(TIMES) | BIT(FIGURES) | BIT(QUOTES) | BIT(EVENTS) |
               BIT(POSITIONS) | BIT(COPIES) | BIT(BRIEF) | BIT(STORIES) | BIT(SHOW) | BIT(WHY) | BIT(CHECK) |
               BIT(DIFF) | BIT(OUTLETS) | BIT(MEND) | BIT(HELP),
    EVERY = (1u << DSR_COMMANDS) - 1,
    OPERANDS_MOST = 1u << 30
};
#define FIELD(name) offsetof(dsr_settings, name)

const dsr_command_info dsr_command_infos[DSR_COMMANDS] = {
    [DSR_COMMAND_READ] =
        {
            .name = "read",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "show what is taken from each report, and what is furniture",
            .text = "Reads each FILE (a file, a folder, or - for standard input), tells furniture from "
                    "the report's own text, and shows where headline, outlet, agency and date were taken "
                    "from. Nothing is kept.",
            .examples = {{"dossier read report.txt", "one report, its furniture named"},
                         {"dossier read --json feed.jsonl > reports.jsonl",
                          "one dossier.report/1 a line, not annotated"},
                         {"curl -s ADDRESS | dossier read -", "from standard input"}},
        },
    [DSR_COMMAND_EXTRACT] =
        {
            .name = "extract",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "write everything that is found in each report, as JSON Lines",
            .text = "Reads the FILEs as one set: dates are settled over all of them. Writes one "
                    "dossier.report/1 a line, in the order of the input. Identical reports are written "
                    "once.",
            .examples = {{"dossier extract reports/ > reports.jsonl", "a whole folder"},
                         {"dossier extract --alone a.txt b.txt", "each report settled by itself"},
                         {"dossier extract --meta dates.csv reports/",
                          "with dates and outlets from a table"}},
        },
    [DSR_COMMAND_ANNOTATE] =
        {
            .name = "annotate",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "print tokens, tags, lemmas and syntax in CoNLL-U",
            .text =
                "Prints the analysis of each report's whole text, furniture too, in CoNLL-U: a row for each "
                "token with lemma, part of speech (universal and Penn), head and relation. MISC has its "
                "place "
                "in the text in code points.",
            .examples = {{"dossier annotate report.txt", "one report"},
                         {"dossier annotate --conllu reports/ > reports.conllu", "a whole folder"}},
        },
    [DSR_COMMAND_TIMES] =
        {
            .name = "times",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "list the times that each report tells, and which days they are",
            .text = "Reads the FILEs as one set and lists every date, time of day, length and repeated time "
                    "with its value (TIMEX3), the days between which it lies, and why. Where a report states "
                    "no date, it is taken from its own words and from the reports of its story; where "
                    "nothing tells it, a weekday stays a weekday.",
            .examples = {{"dossier times report.txt", "one report, as a table"},
                         {"dossier times --csv reports/ > times.csv", "for a spreadsheet"},
                         {"dossier times --json reports/", "one dossier.times/1 a line"}},
        },
    [DSR_COMMAND_FIGURES] =
        {
            .name = "figures",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "list the figures that each report tells, and what they count",
            .text =
                "Reads the FILEs and lists every count, sum, percentage, measure and age with its value or "
                "bounds, its hedge (about, nearly, more than ...), and what is counted. --all lists every "
                "number, also those that are no figures: dates, names, versions.",
            .examples = {{"dossier figures report.txt", "one report, as a table"},
                         {"dossier figures --csv reports/ > figures.csv", "for a spreadsheet"},
                         {"dossier figures --json reports/", "one dossier.figures/1 a line"}},
        },
    [DSR_COMMAND_QUOTES] =
        {
            .name = "quotes",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "list who says what in each report, and how sure that is",
            .text =
                "Reads the FILEs as one set and lists what is said in each report, in quotation marks and in "
                "indirect speech: where it stands, how likely its speaker is right, the speaker, the words, "
                "and by what it was found. Words that stand in marks without being said by anybody are left "
                "out, but for --all and --kind scare. What the text says that somebody did not say is marked "
                "\"denied\".",
            .examples = {{"dossier quotes report.txt", "one report, as a table"},
                         {"dossier quotes --speaker Oduya --min-confidence .9 reports/",
                          "one person in any spelling, and only what is nearly certain"},
                         {"dossier quotes --json reports/ > quotes.jsonl", "one dossier.quotes/1 a line"}},
        },
    [DSR_COMMAND_EVENTS] =
        {
            .name = "events",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "list who did what to whom in each report, and by which rule",
            .text =
                "Reads the FILEs as one set and lists the political events that each report tells: type "
                "(PLOVER), who does it, to whom, the words, how real it is told to be, when, who says so, "
                "the CAMEO code, and the rule that fired. Rules stand in data/en/events.tsv and may be "
                "added to; without a rule there is no event.",
            .examples = {{"dossier events report.txt", "one report, as a table"},
                         {"dossier events --json reports/ > events.jsonl", "one dossier.events/1 a line"},
                         {"dossier events --gdelt 2 reports/ > events.tsv", "in GDELT's column order"}},
        },
    [DSR_COMMAND_POSITIONS] =
        {
            .name = "positions",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "list who demands, refuses, offers or threatens what",
            .text = "Reads the FILEs as one set and lists what each party demands, rejects, offers, accepts, "
                    "threatens, denies, is concerned about or accuses others of, towards whom, and on which "
                    "issue. Rules stand in data/en/positions.tsv and data/en/issues.tsv and may be added to.",
            .examples = {{"dossier positions report.txt", "one report, as a table"},
                         {"dossier positions --csv reports/ > positions.csv", "for a spreadsheet"},
                         {"dossier positions --json reports/", "one dossier.positions/1 a line"}},
        },
    [DSR_COMMAND_LINT_RULES] =
        {
            .name = "lint-rules",
            .operands = "[FILE...]",
            .least = 0,
            .most = OPERANDS_MOST,
            .summary = "check the rules for events and positions, line by line",
            .text =
                "Reads the rules, Dossier's own and yours, or each FILE by itself, and names each line that "
                "makes no sense: unknown types and codes, rules that stand twice, classes that take in "
                "themselves, words that are no UTF-8. All other lines count. The exit status is 1 where "
                "there is a flaw.",
            .examples = {{"dossier lint-rules", "the rules as they are used"},
                         {"dossier lint-rules ~/.config/dossier/en/events.tsv", "one file by itself"}},
        },
    [DSR_COMMAND_IMPORT_RULES] =
        {
            .name = "import-rules",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "make rules of the dictionaries of TABARI and PETRARCH",
            .text =
                "Reads dictionaries of verbs, actors and agents, and writes a line of rules for each entry: "
                "put them into en/events.tsv or en/actors.tsv of your own folder, and run `dossier "
                "lint-rules`. Of a pattern its words are kept, not their order; entries for mere comments "
                "(CAMEO 01) are left out.",
            .examples = {{"dossier import-rules my.verbs.txt > my.tsv", "a dictionary of verbs"},
                         {"dossier import-rules my.actors my.agents >> ~/.config/dossier/en/actors.tsv",
                          "actors, to be added to one's own"}},
        },
    [DSR_COMMAND_NAMES] =
        {
            .name = "names",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "show who is named in each story, with roles and spellings",
            .text = "Reads the FILEs, groups them into stories, and lists the persons, bodies and places of "
                    "each: how often they are named, the role in a report's own words, and the spellings of "
                    "different reports. People are one only where their names and roles say so.",
            .examples = {{"dossier names reports/", "a table a story"},
                         {"dossier names --json reports/ > cast.jsonl",
                          "one dossier.cast/1 a line; it says why names were merged"}},
        },
    [DSR_COMMAND_COPIES] =
        {
            .name = "copies",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "show which reports carry one text, and what was edited in it",
            .text = "Compares the FILEs with each other. For each pair that shares copied text: who most "
                    "likely took from whom and why, and the passages with their edits word by word. "
                    "Quoted speech that two reports share is no copying.",
            .examples = {{"dossier copies monday/ tuesday/", "all pairs, on a page"},
                         {"dossier copies --json reports.jsonl", "one dossier.copies/1 a line"},
                         {"dossier copies --all --color=always a.txt b.txt | less -R",
                          "every passage, in colour"}},
        },
    [DSR_COMMAND_BRIEF] =
        {
            .name = "brief",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "group reports into stories and show each on a page",
            .text = "Reads the FILEs, groups them into stories, and shows each story: its reports, who "
                    "copied whom, and the copied text with its edits. The largest story comes first; "
                    "stories of one report are listed at the end.",
            .examples = {{"dossier brief reports/", "all stories of a folder"},
                         {"dossier brief --json reports/ > stories.jsonl", "one dossier.story/1 a line"},
                         {"dossier brief --published 2022-01-11 *.txt",
                          "with a date for reports that state none"}},
        },
    [DSR_COMMAND_ADD] =
        {
            .name = "add",
            .operands = "FILE...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "take reports into a store",
            .text =
                "Takes the FILEs into the store and puts each report into its story, 512 at a time: when it "
                "fails, is stopped or is killed, the reports before stay, and the same command goes on "
                "behind them. Says of each report whether it was added, was already there, is a new "
                "version of another, or was set aside and why. A second run changes nothing.",
            .examples = {{"dossier add reports/", "into your own store"},
                         {"dossier add --store news.store --outlet \"The Paper\" *.txt",
                          "into another store, with an outlet"},
                         {"dossier add --json - < feed.jsonl", "one dossier.outcome/1 a line"}},
        },
    [DSR_COMMAND_WATCH] =
        {
            .name = "watch",
            .operands = "FOLDER...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "take in what appears in a folder, until stopped",
            .text =
                "Takes what is in each FOLDER into the store, as `add` does, and then whatever is written "
                "or moved into it or into a folder in it, as soon as it is closed. Ctrl-C ends it. Hidden "
                "files are left alone: write under a hidden name, then rename.",
            .examples = {{"dossier watch --store news.store incoming/", "until Ctrl-C"},
                         {"dossier watch --json incoming/ | jq .outcome", "one dossier.outcome/1 a line"}},
        },
    [DSR_COMMAND_STORIES] =
        {
            .name = "stories",
            .operands = "",
            .least = 0,
            .most = 0,
            .summary = "list the stories of a store",
            .text = "Lists the stories of the store, the largest first: the beginning of its id, when it "
                    "was published, the number of its reports, and its headline.",
            .examples = {{"dossier stories", "of your own store"},
                         {"dossier stories --since 2025-03-01 --min-reports 3 --sort latest",
                          "those of three reports or more that go on since March, the latest first"},
                         {"dossier stories --json --store news.store", "one dossier.summary/1 a line"}},
        },
    [DSR_COMMAND_SHOW] =
        {
            .name = "show",
            .operands = "ID...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "show stories of a store, each on a page",
            .text = "Shows the story with that id. The beginning of the id is enough where no other "
                    "begins so; the id of a report shows the story that it is part of.",
            .examples = {{"dossier show 3fa2", "the story whose id begins with 3fa2"},
                         {"dossier show --json 3fa2 91bc", "one dossier.story/1 a line"},
                         {"dossier show --all 3fa2", "every pair and passage in full"}},
        },
    [DSR_COMMAND_WHY] =
        {
            .name = "why",
            .operands = "REPORT...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "tell why a report stands in its story",
            .text = "Shows what put the report with that id into its story when it came: the words and names "
                    "that both shared and what each added, the days between them, text copied from earlier "
                    "reports, and the story that came second.",
            .examples = {{"dossier why 3fa2", "the report whose id begins with 3fa2"},
                         {"dossier why --json 3fa2", "one dossier.why/1 a line"}},
        },
    [DSR_COMMAND_DIFF] =
        {
            .name = "diff",
            .operands = "STORY",
            .least = 1,
            .most = 1,
            .summary = "show what is new in a story since a time",
            .text =
                "Compares the story with what it was with the reports that were published before --since: "
                "new "
                "reports, what only they tell and say, what more newsrooms vouch for than before, figures "
                "that moved, and "
                "disagreements that were none. A report without a date was there before. Where a report or "
                "--since is known to the day only, days count as they stand there.",
            .examples = {{"dossier diff 3fa2 --since 2025-03-05",
                          "what that day and the days after it brought"},
                         {"dossier diff --json 3fa2 --since 2025-03-05T06:00Z", "one dossier.diff/1"}},
        },
    [DSR_COMMAND_OUTLETS] =
        {
            .name = "outlets",
            .operands = "",
            .least = 0,
            .most = 0,
            .summary = "tell how much of each outlet is its own, and what it carries",
            .text = "Reads what the store keeps of the text that its reports share: of each outlet how many "
                    "reports "
                    "it has and how much of them is its own, from whom it takes text and which agencies it "
                    "credits, who carries its text, and what it edits in what it takes. A share is that of "
                    "the largest source of a "
                    "report; what nobody else in the store has is its own. With --since or --until, reports "
                    "without a "
                    "date are left out.",
            .examples = {{"dossier outlets", "all of your own store"},
                         {"dossier outlets --since 2025-03-01 --until 2025-03-31 --csv",
                          "a month, for a spreadsheet"},
                         {"dossier outlets --json --store news.store", "one dossier.outlets/1 an outlet"}},
        },
    [DSR_COMMAND_CHECK] =
        {
            .name = "check",
            .operands = "DRAFT...",
            .least = 0,
            .most = OPERANDS_MOST,
            .summary = "hold a draft, a press release or a claim against the reports",
            .text =
                "Says of each sentence of the DRAFT (a file, or - for standard input) or of the --claim who "
                "tells it in the store, with how many voices of how many reports, who tells it otherwise "
                "(another figure, date, speaker, other words in quotation marks, or that it is not so), and "
                "what nobody "
                "tells. A sentence is carried, partly carried, disputed, contradicted or unknown; one that "
                "only shares names with a report is unknown. With --against the reports are files: DRAFT "
                "comes first, the files behind --against are reports. Exit status 4 tells that something "
                "is disputed or contradicted.",
            .examples = {{"dossier check draft.txt", "against your own store"},
                         {"dossier check --claim \"Two people drowned on Monday.\" --against reports/",
                          "one claim, against a folder"},
                         {"dossier check --json release.txt --store news.store",
                          "one dossier.check/1 a draft"}},
        },
    [DSR_COMMAND_REMOVE] =
        {
            .name = "remove",
            .operands = "REPORT-ID...",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "take reports out of a store",
            .text = "Takes the reports with those ids out of the store, all or none. The beginning of an "
                    "id is enough where no other begins so. `dossier show` lists the ids of a story's "
                    "reports.",
            .examples = {{"dossier remove 91bc04d2", "one report"},
                         {"dossier remove --store news.store 91bc04d2 77aa01ee",
                          "two reports of another store"}},
        },
    [DSR_COMMAND_MEND] =
        {
            .name = "mend",
            .operands = "VERB [WHAT...]",
            .least = 1,
            .most = OPERANDS_MOST,
            .summary = "correct who is who, what belongs together, and what is a copy",
            .text =
                "Keeps in the store what you say is otherwise, for every report that is there and that "
                "comes. "
                "VERB is one of: people merge ENTITY ENTITY (two of a cast are one); people split ENTITY "
                "REPORT... (in these reports it is somebody else); move REPORT STORY, or move REPORT --alone "
                "(it belongs there, and stays); merge STORY STORY (they are one, and stay one); copy wrong "
                "REPORT REPORT (neither took from the other); list; undo NUMBER (of list). Ids may be given "
                "by their beginning, a story by any report of it; `dossier show --json` has the ids of a "
                "cast.",
            .examples = {{"dossier mend move 91bc04d2 77aa01ee --why \"another fire\"",
                          "a report into the story where it belongs"},
                         {"dossier mend people merge per-vera-lind per-v-lind", "one person under two names"},
                         {"dossier mend undo 3", "as if correction 3 had not been made"}},
        },
    [DSR_COMMAND_VERIFY] =
        {
            .name = "verify",
            .operands = "",
            .least = 0,
            .most = 0,
            .summary = "prove that a store is whole",
            .text = "Checks the store's file, every record in it, and that its stories are those that its "
                    "reports give. Where the store is not whole, it names each flaw and exits with status "
                    "1.",
            .examples = {{"dossier verify", "your own store"},
                         {"dossier verify --store news.store", "another store"}},
        },
    [DSR_COMMAND_VERSION] =
        {
            .name = "version",
            .operands = "",
            .least = 0,
            .most = 0,
            .summary = "print the version",
            .text = "Prints the version of the program.",
            .examples = {{"dossier version", NULL}},
        },
    [DSR_COMMAND_HELP] =
        {
            .name = "help",
            .operands = "[COMMAND]",
            .least = 0,
            .most = 1,
            .summary = "explain a command",
            .text = "Explains a command, or lists them all.",
            .examples = {{"dossier help brief", "what brief does, its options and examples"}},
        },
};

const dsr_option dsr_options[] = {
    {.name = "json",
     .kind = DSR_OPTION_FLAG,
     .field = FIELD(json),
     .commands = (TAKES_FILES & ~BIT(ANNOTATE)) | BIT(STORIES) | BIT(SHOW) | BIT(WHY) | BIT(DIFF) |
                 BIT(OUTLETS) | BIT(MEND),
     .help = "write one JSON record a line"},
    {.name = "csv",
     .kind = DSR_OPTION_FLAG,
     .field = FIELD(csv),
     .commands = BIT(TIMES) | BIT(FIGURES) | BIT(QUOTES) | BIT(EVENTS) | BIT(POSITIONS) | BIT(OUTLETS),
     .help = "write comma-separated values with a heading"},
    {.name = "all",
     .letter = 'a',
     .kind = DSR_OPTION_FLAG,
     .field = FIELD(all),
     .commands = BIT(TIMES) | BIT(FIGURES) | BIT(QUOTES) | BIT(COPIES) | BIT(BRIEF) | BIT(SHOW) | BIT(CHECK) |
                 BIT(DIFF) | BIT(OUTLETS),
     .help = "show every pair and passage in full, however many there are"},
    {.name = "length",
     .argument = "HOW",
     .kind = DSR_OPTION_CHOICE,
     .field = FIELD(length),
     .commands = BIT(BRIEF) | BIT(SHOW),
     .choices = "short|full",
     .help =
         "of the account: what several reports tell, or all that is told, one report's own word included"},
    {.name = "speaker",
     .argument = "NAME",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(speaker),
     .commands = BIT(QUOTES),
     .help = "only what that person or body says: a surname or a whole name, in any spelling"},
    {.name = "kind",
     .argument = "KIND",
     .kind = DSR_OPTION_CHOICE,
     .field = FIELD(kind),
     .commands = BIT(QUOTES),
     .choices = "direct|partial|indirect|scare",
     .help = "only quotations of that kind: direct, partial, indirect or scare"},
    {.name = "min-confidence",
     .argument = "P",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(min_confidence),
     .commands = BIT(QUOTES),
     .help = "only quotations whose speaker is at least so likely right, from 0 to 1"},
    {.name = "claim",
     .argument = "TEXT",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(claim),
     .commands = BIT(CHECK),
     .help = "check this text, too"},
    {.name = "against",
     .argument = "FILE...",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(against),
     .commands = BIT(CHECK),
     .help = "the reports, instead of a store: this file or folder, and all behind the DRAFT"},
    {.name = "gdelt",
     .argument = "VERSION",
     .kind = DSR_OPTION_CHOICE,
     .field = FIELD(gdelt),
     .commands = BIT(EVENTS),
     .choices = "1|2",
     .help =
         "write rows as GDELT's event tables have them, version 1 (58 columns) or 2 (61), parted by tabs"},
    {.name = "since",
     .argument = "DATE",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(since),
     .commands = BIT(STORIES) | BIT(DIFF) | BIT(OUTLETS),
     .help =
         "only what was published on that day, at that time or later; of stories, what goes on since then"},
    {.name = "until",
     .argument = "DATE",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(until),
     .commands = BIT(OUTLETS),
     .help = "only what was published on that day or before"},
    {.name = "min-reports",
     .argument = "N",
     .kind = DSR_OPTION_NUMBER,
     .field = FIELD(min_reports),
     .commands = BIT(STORIES),
     .least = 1,
     .most = 1u << 30,
     .help = "only stories of so many reports or more"},
    {.name = "sort",
     .argument = "BY",
     .kind = DSR_OPTION_CHOICE,
     .field = FIELD(sort),
     .commands = BIT(STORIES),
     .choices = "reports|independent|latest",
     .help = "the most reports first, the most independent newsrooms, or the latest publication"},
    {.name = "alone",
     .kind = DSR_OPTION_FLAG,
     .field = FIELD(alone),
     .commands =
         BIT(EXTRACT) | BIT(TIMES) | BIT(FIGURES) | BIT(QUOTES) | BIT(EVENTS) | BIT(POSITIONS) | BIT(MEND),
     .help = "settle each report by itself instead of all FILEs as one set; of `mend move`: into a story of "
             "its own"},
    {.name = "conllu",
     .kind = DSR_OPTION_FLAG,
     .field = FIELD(conllu),
     .commands = BIT(ANNOTATE),
     .help = "in CoNLL-U, which is how it prints without this option too"},
    {.name = "why",
     .argument = "TEXT",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(why),
     .commands = BIT(MEND),
     .help = "the reason, kept with the correction"},
    {.name = "who",
     .argument = "NAME",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(who),
     .commands = BIT(MEND),
     .help = "who says so, kept with the correction; else your user name"},
    {.name = "meta",
     .letter = 'm',
     .argument = "FILE.csv",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(meta),
     .commands = TAKES_FILES,
     .help = "take path, outlet, url, published and authors from a table (path and any of the others)"},
    {.name = "published",
     .letter = 'p',
     .argument = "DATE",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(published),
     .commands = TAKES_FILES,
     .help = "publication date of reports that state none (2022-01-11, 2022-01-11T20:17+05:00)"},
    {.name = "outlet",
     .letter = 'o',
     .argument = "NAME",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(outlet),
     .commands = TAKES_FILES,
     .help = "outlet of reports that state none"},
    {.name = "store",
     .letter = 's',
     .argument = "FILE",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(store),
     .commands = TAKES_STORE,
     .help = "the store; else $DOSSIER_STORE, else dossier/dossier.store in $XDG_DATA_HOME or "
             "~/.local/share"},
    {.name = "data",
     .argument = "FOLDER",
     .kind = DSR_OPTION_TEXT,
     .field = FIELD(data),
     .commands = WORKS | BIT(LINT_RULES),
     .help = "word lists and rules; else $DOSSIER_DATA, else those it was installed with. Your own in "
             "$XDG_CONFIG_HOME/dossier or ~/.config/dossier add to them"},
    {.name = "jobs",
     .letter = 'j',
     .argument = "N",
     .kind = DSR_OPTION_NUMBER,
     .field = FIELD(jobs),
     .commands = WORKS,
     .least = 1,
     .most = 256,
     .help = "threads to work with; else one a processor. Results do not depend on it"},
    {.name = "width",
     .letter = 'w',
     .argument = "N",
     .kind = DSR_OPTION_NUMBER,
     .field = FIELD(width),
     .commands = LAYS_OUT,
     .least = 40,
     .most = 200,
     .help = "columns of a page, 40 to 200; else those of the terminal, else 100"},
    {.name = "color",
     .argument = "WHEN",
     .kind = DSR_OPTION_CHOICE,
     .field = FIELD(colour),
     .commands = LAYS_OUT,
     .choices = "auto|always|never",
     .help = "auto, always or never; auto is on a terminal, unless $NO_COLOR is set"},
    {.name = "colour",
     .argument = "WHEN",
     .kind = DSR_OPTION_CHOICE,
     .field = FIELD(colour),
     .commands = LAYS_OUT,
     .choices = "auto|always|never" /* another spelling */},
    {.name = "quiet",
     .letter = 'q',
     .kind = DSR_OPTION_FLAG,
     .field = FIELD(quiet),
     .commands = WORKS,
     .help = "show no progress"},
    {.name = "help",
     .letter = 'h',
     .kind = DSR_OPTION_FLAG,
     .field = FIELD(help),
     .commands = EVERY,
     .help = "explain the command"},
    {.name = NULL},
};
