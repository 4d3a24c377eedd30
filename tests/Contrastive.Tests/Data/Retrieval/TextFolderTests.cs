using System.Text;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class TextFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_text_is_cut_into_passages_with_its_heading_or_name_as_their_title()
    {
        Write("b.md", "Some words before.\n# The Title\nwords of the text");
        Write("a/notes.TXT", string.Join(' ', Enumerable.Range(0, 205)));
        Write("picture.png", "no text");
        Write(".git/config.txt", "hidden");
        Write("a/.hidden.md", "hidden");
        var passages = TextFolder.ReadPassages(_folder.Path).ToList();
        Assert.Equal(["a/notes.TXT-0", "a/notes.TXT-1", "a/notes.TXT-2", "b.md-0"], passages.Select(passage => passage.Id));
        Assert.Equal(["notes", "notes", "notes", "The Title"], passages.Select(passage => passage.Title));
        Assert.Equal("200 201 202 203 204", passages[2].Text);
        Assert.Equal("Some words before. # The Title words of the text", passages[3].Text);
        Assert.Equal(5 + 1, TextFolder.ReadPassages(_folder.Path, words: 50).Count());
    }

    [Fact]
    public void A_folder_without_texts_and_a_file_that_is_none_are_refused_by_name()
    {
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => TextFolder.ReadPassages(_folder.At("nowhere"))).Message, StringComparison.Ordinal);
        Write("picture.png", "no text");
        Assert.Contains(".txt or .md", Assert.Throws<InvalidDataException>(() => TextFolder.ReadPassages(_folder.Path)).Message, StringComparison.Ordinal);
        _folder.Write("bad.txt", [0xC3, 0x28]);
        Assert.Contains("bad.txt, line 1", Assert.Throws<InvalidDataException>(() => TextFolder.ReadPassages(_folder.Path).ToList()).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
