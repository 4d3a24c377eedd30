using Contrastive.Display;

namespace Contrastive.Runs;

/// <summary>Where a lesson's notebook begins.</summary>
public static class Lesson
{
    /// <summary>
    /// Starts a lesson's run: reads the settings of <c>contrastive run</c> (tier, data, overrides, seed, run folder) or takes the defaults
    /// of an editor (laptop tier, a folder in the user's cache), and seeds torch.
    /// </summary>
    /// <param name="name">The lesson's name, that of its notebook: <c>01-simclr</c>.</param>
    /// <param name="seed">The seed if the run is given none. <value>The default is 1.</value></param>
    /// <returns>The run: parameters, device, folder and records.</returns>
    /// <exception cref="ArgumentException">The name is not a plain file name, or an environment variable does not parse.</exception>
    public static LessonRun Start(string name, long seed = 1)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.')) || name.StartsWith('.'))
            throw new ArgumentException($"The lesson's name is '{name}'; use letters, digits and hyphens, such as 01-simclr.", nameof(name));
        var environment = RunEnvironment.Read(Environment.GetEnvironmentVariable);
        var folder = environment.Folder is { } given ? Path.GetFullPath(given) : RunFolder.InCache(name, environment.Tier);
        var run = new LessonRun(name, environment, folder, environment.Seed ?? seed, SeedRecord.BuiltIn(name));
        TorchSharp.torch.manual_seed(run.Seed);
        PlotlyScript.Offer();
        run.Save();
        return run;
    }
}
