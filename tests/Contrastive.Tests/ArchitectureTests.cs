using System.Text.RegularExpressions;
using Xunit;

namespace Contrastive.Tests;

public sealed partial class ArchitectureTests
{
    [Fact]
    public void The_rooms_are_those_of_the_table() => Assert.Equal(Rooms.All, Rooms.Allowed.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_name_of_the_source_is_bound_so_that_no_arrow_is_missed() => Assert.Empty(Rooms.Unbound());

    [Fact]
    public void Rooms_use_each_other_only_as_the_table_allows() => Assert.Empty(Rooms.Forbidden());

    /// <summary>Tests the test: one more file, with a use that the table does not list, in each way of writing it.</summary>
    [Theory]
    [InlineData("Losses", "Training", "using Contrastive.Training; namespace Contrastive.Losses; class Probe { AdamW? _optimizer; }")]
    [InlineData("Losses", "Training", "namespace Contrastive.Losses; class Probe { Contrastive.Training.AdamW? _optimizer; }")]
    [InlineData("Losses", "Training", "using Optimizers = Contrastive.Training; namespace Contrastive.Losses; class Probe { void M(Optimizers.AdamW o) { } }")]
    [InlineData("Torch", "Losses", "namespace Contrastive.Torch; class Probe { Type Of() => typeof(Contrastive.Losses.NtXentLoss); }")]
    [InlineData("Losses", "Augmentation", "namespace Contrastive.Losses; class Probe { long Constant() => Contrastive.Augmentation.TokenMasking.IgnoreIndex; }")]
    [InlineData("Torch", "Data", "using static Contrastive.Data.Catalog; namespace Contrastive.Torch; class Probe { object Inferred() { var first = Entries[0]; return first; } }")]
    [InlineData("Encoders", "Training", "namespace Contrastive.Encoders; class Probe : List<Contrastive.Training.Optimizer[]>;")]
    public void A_use_that_the_table_does_not_list_is_found(string from, string to, string source) =>
        Assert.Contains(Rooms.Forbidden(source), arrow => arrow.From == from && arrow.To == to && arrow.Place.StartsWith("additional.cs, line 1", StringComparison.Ordinal));

    [Fact]
    public void A_use_that_the_table_lists_is_no_finding() =>
        Assert.Empty(Rooms.Forbidden("using Contrastive.Torch; namespace Contrastive.Losses; class Probe { Seeds? _seeds; }"));

    [Fact]
    public void A_namespace_is_its_project_and_the_first_folder_below_it()
    {
        var wrong = from project in new[] { "lib", "tests" }.SelectMany(part => Directory.GetDirectories(Repository.Path(part)))
                    from file in Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories)
                    let parts = Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)
                    where parts[0] is not ("bin" or "obj") && parts[^1] != "InteractiveStandIns.cs" // stands in for types of .NET Interactive
                    let expected = Path.GetFileName(project) + (parts.Length > 1 ? "." + parts[0] : "")
                    let found = Namespace().Match(File.ReadAllText(file)).Value
                    where found.Length > 0 && found != expected
                    select $"{file}: {found}, expected {expected}";
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"(?<=^namespace )[\w.]+(?=;)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
