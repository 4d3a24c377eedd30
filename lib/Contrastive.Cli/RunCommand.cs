using System.CommandLine;
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
            Lesson, Tier, Data, Set, Seed, Out, CellTimeout, NotebookTimeout,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        try
        {
            var requests = Requests(arguments);
            var failed = new List<string>();
            foreach (var request in requests)
            {
                var result = await RunReport.RunAsync(request, cancellation);
                if (!result.Succeeded)
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
        catch (Exception exception) when (exception is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static IReadOnlyList<LessonRequest> Requests(ParseResult arguments)
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
        return [.. notebooks.Select(notebook => new LessonRequest
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
        })];
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
