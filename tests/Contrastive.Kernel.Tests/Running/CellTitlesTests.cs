using Contrastive.Kernel.Running;
using Xunit;

namespace Contrastive.Kernel.Tests.Running;

public sealed class CellTitlesTests
{
    [Fact]
    public void A_cell_is_called_by_its_heading_its_first_comment_or_its_first_line_of_substance()
    {
        var plan = CellTitles.Plan(TestNotebook.Of(
            "# Title\n\ntext\n\n## The loss\nmore", "var a = 1;", "  ", "// written once\nvar b = 2;", "#r \"x.dll\"\nusing System;\n\nvar c = 3;", "using System;"));
        Assert.Equal(["The loss", "written once", "var c = 3;", "using System;"], plan.Select(cell => cell.Title));
        Assert.Equal([1, 2, 3, 4], plan.Select(cell => cell.Number));
        Assert.All(plan, cell => Assert.Equal(4, cell.Count));
    }
}
