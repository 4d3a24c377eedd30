using System.Net;
using System.Text.RegularExpressions;
using Contrastive.Kernel.Pages;
using Xunit;

namespace Contrastive.Kernel.Tests.Pages;

public sealed partial class CodeColorsTests
{
    [Theory]
    [InlineData("var n = 1.5f; // a < b", "<i class=\"k\">var</i> n = <i class=\"n\">1.5f</i>; <i class=\"c\">// a &lt; b</i>")]
    [InlineData("#r \"a.dll\"", "<i class=\"d\">#r &quot;a.dll&quot;</i>")]
    [InlineData("Display.Show(grid)", "<i class=\"t\">Display</i>.<i class=\"f\">Show</i>(grid)")]
    [InlineData("record Point(int X);", "<i class=\"k\">record</i> <i class=\"t\">Point</i>(<i class=\"k\">int</i> X);")]
    [InlineData("Run(smoke: 1)", "<i class=\"f\">Run</i>(smoke: <i class=\"n\">1</i>)")]
    public void Words_are_marked_by_kind(string code, string html) => Assert.Equal(html, CodeColors.Color(code));

    [Theory]
    [InlineData("int F( { broken ??? \"unended\n more }")]
    [InlineData("/// <summary>x</summary>\n#if NO\nskipped <b>\n#endif\nvar s = $\"{a:0.0} & {\"b\"}\";\tint t;\r\n")]
    [InlineData("var r = \"\"\"\n  raw <i>\n  \"\"\";")]
    public void No_character_is_lost_or_left_unescaped(string code)
    {
        var html = CodeColors.Color(code);
        Assert.Equal(code, WebUtility.HtmlDecode(Tags().Replace(html, "")));
    }

    [GeneratedRegex("<i class=\"[a-z]\">|</i>")]
    private static partial Regex Tags();
}
