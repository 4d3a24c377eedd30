using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class CatalogTests
{
    [Fact]
    public void The_built_in_catalog_knows_every_image_set_of_the_lessons()
    {
        Assert.All(ImageData.Names.Where(name => name != "shapes"), name => Assert.Equal("images", Catalog.Find(name).Kind));
        Assert.Equal(4, Catalog.Find("Fashion-MNIST").Files.Count);
        Assert.Equal(30_878_645, Catalog.Find("fashion-mnist").Size);
    }

    [Fact]
    public void No_two_files_share_a_place()
    {
        var paths = Catalog.Entries.SelectMany(entry => entry.Files).Select(file => file.Path).ToList();
        Assert.Equal(paths.Count, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        var unknown = Assert.Throws<ArgumentException>(() => Catalog.Find("mnist"));
        Assert.StartsWith("The catalog has no 'mnist'. It has: fashion-mnist, cifar10,", unknown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "malformed")]
    [InlineData("""{"entries":[{}]}""", "malformed")]
    [InlineData("""{"entries":[], "extra":1}""", "malformed")]
    [InlineData("""{"entries":[E, E]}""", "two entries named 'a'")]
    [InlineData("""{"entries":[X]}""", "leads out of its folder")]
    [InlineData("""{"entries":[S]}""", "64 lower-case hexadecimal digits")]
    public void A_catalog_that_contradicts_itself_is_refused(string json, string message)
    {
        static string Entry(string path, string sha256) => $$"""
            {"name":"a","title":"A","kind":"text","contents":"c","license":"l","citation":"c","files":[{"path":"{{path}}","size":1,"sha256":"{{sha256}}"}]}
            """;
        var hash = new string('0', 64);
        var text = json.Replace("E", Entry("a/b", hash), StringComparison.Ordinal)
            .Replace("X", Entry("../b", hash), StringComparison.Ordinal)
            .Replace("S", Entry("a/b", "ABC"), StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Catalog.Parse(text)).Message, StringComparison.Ordinal);
    }
}
