using System.Xml.Linq;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Pages;
using Xunit;

namespace Contrastive.Kernel.Tests.Pages;

/// <summary>The drawings under <c>notebooks/images</c> and the lessons that show them.</summary>
public sealed class DiagramTests
{
    private static readonly string Notebooks = Path.Combine(LessonCatalog.Find(AppContext.BaseDirectory)!.Root, "notebooks");

    public static TheoryData<string> Drawings =>
        [.. Directory.GetFiles(Path.Combine(Notebooks, "images"), "*.svg").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Drawings))]
    public void A_drawing_fits_into_a_page_says_what_it_shows_and_asks_for_no_other_file(string name)
    {
        Assert.Null(Picture.Read($"images/{name}", Notebooks).Missing);
        var file = Path.Combine(Notebooks, "images", name);
        var elements = XDocument.Load(file).Root!.DescendantsAndSelf().ToList();
        Assert.Equal(["svg", "title", "desc"], elements.Take(3).Select(element => element.Name.LocalName));
        Assert.DoesNotContain(elements, element => element.Name.LocalName is "image" or "script" or "foreignObject");
        Assert.All(
            elements.SelectMany(element => element.Attributes()).Where(attribute => attribute.Name.LocalName == "href"),
            reference => Assert.StartsWith("#", reference.Value, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"@import|@font-face|url\((?!#)", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("00-recipe", "recipe.svg")]
    [InlineData("01-simclr", "simclr.svg")]
    [InlineData("02-moco", "moco.svg")]
    [InlineData("03-simcse", "simcse.svg")]
    [InlineData("04-dpr", "dpr.svg")]
    [InlineData("05-clip", "clip.svg")]
    [InlineData("06-design", "design.svg")]
    public void A_lesson_shows_the_drawing_of_its_method_once_and_in_words_too(string lesson, string drawing)
    {
        var notebook = Notebook.Load(Path.Combine(Notebooks, $"{lesson}.ipynb"));
        var shown = notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => cell.Source.Split('\n'))
            .Where(line => line.Contains($"images/{drawing}", StringComparison.Ordinal));
        Assert.Matches(@"^!\[[^\]]{20,}\]\(images/" + drawing + @"\)$", Assert.Single(shown));
    }

    [Fact]
    public void Every_picture_that_a_lesson_names_is_there()
    {
        var text = new MarkdownText(Notebooks);
        foreach (var file in Directory.GetFiles(Notebooks, "*.ipynb"))
        {
            Assert.All(
                Notebook.Load(file).Cells.Where(cell => cell.Kind == CellKind.Markdown),
                cell => Assert.DoesNotContain("class=\"missing\"", text.Render(cell), StringComparison.Ordinal));
        }
    }
}
