using Contrastive.Kernel.Lessons;
using Xunit;

namespace Contrastive.Kernel.Tests.Lessons;

public sealed class LessonCatalogTests
{
    [Fact]
    public void Lessons_are_the_numbered_notebooks_of_the_repository_above()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Contrastive.Notebooks.sln", "");
        folder.Write("notebooks/02-moco.ipynb", "");
        folder.Write("notebooks/01-simclr.ipynb", "");
        folder.Write("notebooks/scratch.ipynb", "");
        folder.Write("notebooks/solutions/01-simclr.ipynb", "");
        folder.Write("lib/deep/x.cs", "");
        var catalog = LessonCatalog.Find(Path.Combine(folder.Path, "lib", "deep"))!;
        Assert.Equal(["01-simclr", "02-moco"], catalog.Names);
        Assert.Equal(Path.Combine(folder.Path, "data", "expected", "01-simclr.json"), catalog.ExpectedPath("01-simclr"));
        Assert.Equal(Path.Combine(folder.Path, "data", "seeds", "01-simclr.json"), catalog.SeedsPath("01-simclr"));
    }

    [Fact]
    public void The_first_folder_that_lies_in_a_repository_decides()
    {
        using var folder = new TemporaryFolder();
        folder.Write("inside/Contrastive.Notebooks.sln", "");
        Assert.Equal(Path.Combine(folder.Path, "inside"), LessonCatalog.Find(Path.GetTempPath(), Path.Combine(folder.Path, "inside"))!.Root);
        Assert.Null(LessonCatalog.Find(folder.Path));
    }
}
