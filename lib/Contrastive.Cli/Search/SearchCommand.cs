using System.CommandLine;
using Contrastive.Data;
using Contrastive.Encoders;

namespace Contrastive.Cli.Search;

/// <summary><c>contrastive search CORPUS [QUESTION]</c>: finds passages by words, by vectors, or by both.</summary>
internal static class SearchCommand
{
    private const int DefaultTop = 5;

    private static readonly Argument<string> Corpus = new("corpus")
    {
        Description = $"What is searched: a folder of texts (.txt, .md), a BEIR set (a folder or zip with corpus.jsonl), or a name: {string.Join(", ", RetrievalData.Names)}.",
    };

    private static readonly Argument<string[]> Question = new("question")
    {
        Description = "What is asked; without it, each line of the standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<SearchMethod> By = new("--by")
    {
        Description = "bm25: by words. dense: by vectors. fused: both, joined by their ranks. dense and fused need --model.",
        DefaultValueFactory = _ => SearchMethod.Bm25,
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "The folder of a BERT in Hugging Face's layout, or one with two of them, 'question' and 'passage', as DPR has.",
        HelpName = "folder",
    };

    private static readonly Option<Pooling> ModelPooling = new("--pooling")
    {
        Description = "How the tokens of a single model become a vector.",
        DefaultValueFactory = _ => Pooling.Mean,
    };

    private static readonly Option<int> Top = new("--top") { Description = "How many passages are shown for a question.", DefaultValueFactory = _ => DefaultTop };

    private static readonly Option<string?> Split = new("--split") { Description = "The judged questions of a named or BEIR set: test, dev, train." };

    private static readonly Option<bool> Evaluate = new("--evaluate") { Description = "Ask the set's own questions and measure what is found." };

    private static readonly Option<string?> Run = new("--run") { Description = "Ask the set's own questions and write what is found as a TREC run file.", HelpName = "file" };

    public static Command Create()
    {
        var command = new Command("search", "Search a folder of texts or a retrieval set: by words (BM25), by vectors, or by both.")
        {
            Corpus, Question, By, Model, ModelPooling, Top, Split, Evaluate, Run,
        };
        command.SetAction((arguments, cancellation) => Failures.Report(() => Task.FromResult(Search(arguments, cancellation))));
        return command;
    }

    private static int Search(ParseResult arguments, CancellationToken cancellation)
    {
        var (method, top) = (arguments.GetRequiredValue(By), arguments.GetRequiredValue(Top));
        var (question, runFile) = (string.Join(' ', arguments.GetValue(Question) ?? []), arguments.GetValue(Run));
        var asksSet = arguments.GetValue(Evaluate) || runFile is not null;
        if (top < 1)
            throw new ArgumentException($"--top is {top}; expected at least 1.");
        if (asksSet && question.Length > 0)
            throw new ArgumentException("--evaluate and --run ask the set's own questions: leave the question out.");
        var set = SearchCorpus.Load(arguments.GetRequiredValue(Corpus), arguments.GetValue(Split), asksSet);
        using var systems = SearchSystems.Build(Terminal.Output, set, method, arguments.GetValue(Model), arguments.GetValue(ModelPooling));
        if (asksSet)
        {
            SearchEvaluation.Run(Terminal.Output, set, systems, runFile);
            return 0;
        }

        var hits = new HitList(Terminal.Output, set.Passages, top);
        foreach (var asked in question.Length > 0 ? [question] : Lines(cancellation))
            hits.Write(asked, systems.Chosen);
        return 0;
    }

    private static IEnumerable<string> Lines(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
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
