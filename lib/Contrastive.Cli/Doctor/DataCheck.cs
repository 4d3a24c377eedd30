using Contrastive.Data;

namespace Contrastive.Cli.Doctor;

/// <summary>The data folder and what is in it.</summary>
internal static class DataCheck
{
    public static string Describe(DataFolder folder)
    {
        var origin = Environment.GetEnvironmentVariable(DataFolder.Variable) is { Length: > 0 } ? $"from {DataFolder.Variable}" : $"the default; {DataFolder.Variable} is not set";
        if (!Directory.Exists(folder.FullPath))
        {
            return $"{folder.FullPath} ({origin}) does not exist yet: 'contrastive data get NAME' makes it";
        }

        var complete = Catalog.Entries.Where(entry => entry.Files.All(file => folder.Look(file) == DataFileState.Present)).Select(entry => entry.Name).ToList();
        var wrong = Catalog.Entries.SelectMany(entry => entry.Files).Where(file => folder.Look(file) == DataFileState.Wrong).Select(file => file.Path).ToList();
        var free = new DriveInfo(folder.FullPath).AvailableFreeSpace;
        return $"{folder.FullPath} ({origin}), {Sizes.Show(free)} free\n{(complete.Count == 0 ? "no complete data set" : string.Join(", ", complete))}"
            + (wrong.Count == 0 ? "" : $"\nof the wrong size: {string.Join(", ", wrong)}");
    }
}
