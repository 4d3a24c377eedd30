using System.CommandLine;
using Contrastive.Cli.Seeds;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Running;

namespace Contrastive.Cli;

/// <summary><c>contrastive run LESSON</c>: executes a lesson's notebook headlessly and writes its run folder.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> Lesson = new("lesson")
    {
        Description = "A lesson (01-simclr), the path of a notebook, or all.",
    };

    private static readonly Option<string> Tier = new("--tier")
    {
        Description = $"The size of the run: {string.Join(", ", Tiers.All)}.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CONTRASTIVE_TIER") is { Length: > 0 } tier ? tier : Tiers.Default,
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "A data set that replaces the lesson's generated data: a name (see data list), folder:PATH with a folder of pictures for each class, file:PATH with sentences or triplets, beir:PATH with a retrieval set in BEIR's form, or dpr:FOLDER with DPR's files.",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "name=value: replaces a parameter of the lesson; may be given several times.",
        HelpName = "name=value",
    };

    private static readonly Option<long?> Seed = new("--seed") { Description = "The seed of everything random." };

    private static readonly Option<string?> Seeds = new("--seeds")
    {
        Description = "Several seeds, one run after another: 1..3 or 1,2,5. Each has its own folder in the run folder; seeds.json there, and a table, have the mean, the standard deviation and the range of each metric.",
        HelpName = "1..3",
    };

    private static readonly Option<bool> Record = new("--record")
    {
        Description = "With --seeds: also keep the metrics in the repository's data/seeds/LESSON.json, beside which a lesson shows its own.",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "The run folder. Default: runs/LESSON-TIER[-DATA]-TIME in the current directory; with all, one folder in it for each lesson.",
    };

    private static readonly Option<string?> CellTimeout = new("--cell-timeout")
    {
        Description = "The longest that a cell may run: 90s, 5m, 2h or none. Default: smoke 5m, laptop 1h, paper none.",
    };

    private static readonly Option<string?> NotebookTimeout = new("--notebook-timeout")
    {
        Description = "The longest that the notebook may run. Default: smoke 10m, laptop 2h, paper none.",
    };

    public static Command Create()
    {
        var command = new Command("run", "Run a lesson's notebook and write its run folder.")
        {
            Lesson, Tier, Data, Set, Seed, Seeds, Record, Out, CellTimeout, NotebookTimeout,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        try
        {
            var requests = Requests(arguments);
            var seeds = SeveralSeeds(arguments, requests);
            var isRecorded = arguments.GetValue(Record);
            var failed = new List<string>();
            foreach (var (request, seedsPath) in requests)
            {
                var succeeded = seeds is null
                    ? (await RunReport.RunAsync(request, cancellation)).Succeeded
                    : await SeedsReport.RunAsync(request, seeds, isRecorded ? seedsPath : null, cancellation);
                if (!succeeded)
                {
                    failed.Add(request.Lesson);
                }

                if (cancellation.IsCancellationRequested)
                {
                    return 130; // as shells report Ctrl-C
                }
            }

            if (requests.Count > 1)
            {
                Console.WriteLine(failed.Count == 0 ? $"All {requests.Count} lessons succeeded." : $"Failed: {string.Join(", ", failed)}.");
            }

            return failed.Count == 0 ? 0 : 1;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static IReadOnlyList<(LessonRequest Lesson, string? SeedsPath)> Requests(ParseResult arguments)
    {
        var tier = arguments.GetRequiredValue(Tier);
        if (!Tiers.All.Contains(tier))
        {
            throw new ArgumentException($"There is no tier '{tier}'. The tiers are: {string.Join(", ", Tiers.All)}.");
        }

        var notebooks = LessonNames.Resolve(arguments.GetRequiredValue(Lesson));
        var data = DataNames.Resolve(arguments.GetValue(Data), notebooks.Any(notebook => notebook.ExpectedPath is not null));
        var outFolder = arguments.GetValue(Out);
        var limits = Tiers.Limits(tier);
        var time = DateTime.Now;
        return [.. notebooks.Select(notebook => (new LessonRequest
        {
            Lesson = notebook.Lesson,
            NotebookPath = notebook.Path,
            ExpectedPath = notebook.ExpectedPath,
            Tier = tier,
            Data = data,
            Settings = Settings(arguments.GetValue(Set) ?? []),
            Seed = arguments.GetValue(Seed),
            RunFolder = outFolder is null ? LessonNames.DefaultRunFolder(notebook.Lesson, tier, data, time)
                : notebooks.Count == 1 ? outFolder : Path.Combine(outFolder, notebook.Lesson),
            CellTimeout = arguments.GetValue(CellTimeout) is { } cell ? Durations.Parse(cell) : limits.Cell,
            NotebookTimeout = arguments.GetValue(NotebookTimeout) is { } whole ? Durations.Parse(whole) : limits.Notebook,
        }, notebook.SeedsPath))];
    }

    /// <summary>The seeds of <c>--seeds</c>; null without it.</summary>
    private static IReadOnlyList<long>? SeveralSeeds(ParseResult arguments, IReadOnlyList<(LessonRequest Lesson, string? SeedsPath)> requests)
    {
        var isRecorded = arguments.GetValue(Record);
        if (arguments.GetValue(Seeds) is not { } text)
            return isRecorded ? throw new ArgumentException("--record keeps several seeds: give --seeds too, such as --seeds 1..3.") : null;
        if (arguments.GetValue(Seed) is not null)
            throw new ArgumentException("--seed and --seeds exclude each other; give --seeds alone.");
        if (isRecorded && requests.FirstOrDefault(request => request.SeedsPath is null).Lesson is { } other)
            throw new ArgumentException($"--record keeps lessons of the repository; '{other.NotebookPath}' is none.");
        if (isRecorded && requests.FirstOrDefault(request => request.Lesson.Data?.Contains(':', StringComparison.Ordinal) == true).Lesson is { } own)
            throw new ArgumentException($"--record keeps figures of named data sets, which anyone can compare; --data {own.Data} is your own.");
        return SeedList.Parse(text);
    }

    private static Dictionary<string, string> Settings(IEnumerable<string> assignments)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assignment in assignments)
        {
            var parts = assignment.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is not [{ Length: > 0 } name, var value])
            {
                throw new ArgumentException($"--set '{assignment}' is not an assignment; expected name=value, such as --set batchSize=64.");
            }

            if (!settings.TryAdd(name, value))
            {
                throw new ArgumentException($"--set gives '{name}' twice.");
            }
        }

        return settings;
    }
}
