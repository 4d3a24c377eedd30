using System.CommandLine;
using System.CommandLine.Parsing;
using Contrastive.Data;
using Contrastive.Encoders;

namespace Contrastive.Cli.Search;

/// <summary><c>contrastive search CORPUS [QUESTION]</c>: finds passages by words, by vectors, or by both.</summary>
internal static class SearchCommand
{
    private const int DefaultTop = 5;

    private static readonly Dictionary<string, SearchMethod> Methods = new()
    {
        ["bm25"] = SearchMethod.Bm25,
        ["dense"] = SearchMethod.Dense,
        ["fused"] = SearchMethod.Fused,
    };

    private static readonly Dictionary<string, Pooling> Poolings = new()
    {
        ["mean"] = Pooling.Mean,
        ["class"] = Pooling.Class,
        ["first-last-mean"] = Pooling.FirstLastMean,
    };

    private static readonly Argument<string> Corpus = new("corpus")
    {
        Description = $"What is searched: a folder of texts (.txt, .md), a BEIR set (a folder, a zip, or corpus.jsonl itself), or a name: {string.Join(", ", RetrievalData.Names)}.",
    };

    private static readonly Argument<string[]> Question = new("question")
    {
        Description = "What is asked; without it, each line of the standard input. Words that begin with -- stand after a --.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> By = new("--by")
    {
        Description = "bm25: by words. dense: by vectors. fused: both, joined by their ranks. dense and fused need --model.",
        DefaultValueFactory = _ => "bm25",
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "The folder of a BERT in Hugging Face's layout, or one with two of them, 'question' and 'passage', compared by inner product.",
        HelpName = "folder",
    };

    private static readonly Option<string> ModelPooling = new("--pooling")
    {
        Description = "How the tokens of a single model become a vector.",
        DefaultValueFactory = _ => "mean",
    };

    private static readonly Option<int> Top = new("--top") { Description = "How many passages are shown for a question.", DefaultValueFactory = _ => DefaultTop };

    private static readonly Option<string?> Split = new("--split") { Description = "The judged questions of a named or BEIR set that --evaluate and --run ask: test, dev, train." };

    private static readonly Option<bool> Evaluate = new("--evaluate") { Description = "Ask the set's own questions and measure what is found." };

    private static readonly Option<string?> Run = new("--run") { Description = "Ask the set's own questions and write what is found as a TREC run file.", HelpName = "file" };

    public static Command Create()
    {
        By.AcceptOnlyFromAmong([.. Methods.Keys]);
        ModelPooling.AcceptOnlyFromAmong([.. Poolings.Keys]);
        var command = new Command("search", "Search a folder of texts or a retrieval set: by words (BM25), by vectors, or by both.")
        {
            Corpus, Question, By, Model, ModelPooling, Top, Split, Evaluate, Run,
        };
        command.SetAction((arguments, _) => Failures.Report(() => Task.FromResult(Search(arguments))));
        return command;
    }

    private static int Search(ParseResult arguments)
    {
        var words = arguments.GetValue(Question) ?? [];
        var runFile = arguments.GetValue(Run);
        var asksSet = arguments.GetValue(Evaluate) || runFile is not null;
        Check(arguments, words, asksSet);
        if (runFile is not null)
            RunFiles.Check(runFile);
        var set = SearchCorpus.Load(arguments.GetRequiredValue(Corpus), arguments.GetValue(Split), asksSet);
        using var systems = SearchSystems.Build(
            Terminal.Output, set, Methods[arguments.GetRequiredValue(By)], arguments.GetValue(Model), IsGiven(arguments, ModelPooling) ? Poolings[arguments.GetRequiredValue(ModelPooling)] : null);
        if (asksSet)
        {
            SearchEvaluation.Run(Terminal.Output, set, systems, runFile);
            return 0;
        }

        var hits = new HitList(Terminal.Output, set.Passages, arguments.GetRequiredValue(Top));
        foreach (var question in words.Length > 0 ? [string.Join(' ', words)] : Lines())
            hits.Write(question, systems.Chosen);
        return 0;
    }

    /// <summary>What would have no effect is refused: it is a slip, or a wish that would silently not come true.</summary>
    private static void Check(ParseResult arguments, string[] words, bool asksSet)
    {
        var (method, top) = (arguments.GetRequiredValue(By), arguments.GetRequiredValue(Top));
        var isAfterDashes = arguments.Tokens.Any(token => token.Type == TokenType.DoubleDash);
        if (!isAfterDashes && Array.Find(words, word => word.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            throw new ArgumentException($"There is no option '{unknown}' ('contrastive search --help' lists them); a question with such a word stands after a --.");
        if (words.Length > 0 && words.All(string.IsNullOrWhiteSpace))
            throw new ArgumentException("The question is empty; leave it out to ask line by line.");
        if (top < 1)
            throw new ArgumentException($"--top is {top}; expected at least 1.");
        if (asksSet && words.Length > 0)
            throw new ArgumentException("--evaluate and --run ask the set's own questions: leave the question out.");
        if (asksSet && IsGiven(arguments, Top))
            throw new ArgumentException($"--top is for questions of one's own; --evaluate and --run look at the first {SearchEvaluation.Depth}.");
        if (!asksSet && arguments.GetValue(Split) is not null)
            throw new ArgumentException("--split chooses among the set's own questions, which only --evaluate and --run ask.");
        if (method != "bm25" && arguments.GetValue(Model) is null)
        {
            throw new ArgumentException(
                $"--by {method} needs --model FOLDER, a BERT in Hugging Face's layout: one saved by BertFolder.Save, or a released one ('contrastive data list').");
        }

        if (method == "bm25" && (arguments.GetValue(Model) is not null || IsGiven(arguments, ModelPooling)))
            throw new ArgumentException("--model and --pooling are for --by dense and --by fused.");
    }

    private static bool IsGiven(ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };

    private static IEnumerable<string> Lines()
    {
        while (true)
        {
            if (!Console.IsInputRedirected)
                Console.Write("question (an empty line ends): ");
            if (Console.ReadLine() is not { } line || (line.Length == 0 && !Console.IsInputRedirected))
                yield break;
            if (!string.IsNullOrWhiteSpace(line))
                yield return line;
        }
    }
}

/// <summary>What a passage is found by.</summary>
internal enum SearchMethod
{
    Bm25,
    Dense,
    Fused,
}
