using Contrastive.Data;
using SkiaSharp;

namespace Contrastive.Notebooks.Tests;

/// <summary>A reader's own data: twenty pictures in two classes, of several sizes; sentences; triplets.</summary>
internal static class OwnFiles
{
    /// <summary>Writes <c>pets/</c>, <c>tickets.txt</c> and <c>triplets.tsv</c>.</summary>
    public static void Write(string folder)
    {
        var random = new Random(1);
        foreach (var shape in new[] { "disk", "square" })
        {
            var classFolder = Directory.CreateDirectory(Path.Combine(folder, "pets", shape)).FullName;
            for (var i = 0; i < 10; i++)
                File.WriteAllBytes(Path.Combine(classFolder, $"{i}.png"), Picture(shape == "disk", random));
        }

        string[] things = ["printer", "screen", "invoice", "server", "password", "order"];
        string[] faults = ["is lost", "does not work", "is too slow", "needs an update", "shows an error"];
        var sentences = things.SelectMany(thing => faults.Select(fault => $"The {thing} {fault}.")).ToArray();
        File.WriteAllLines(Path.Combine(folder, "tickets.txt"), sentences);
        File.WriteAllLines(Path.Combine(folder, "triplets.tsv"), sentences.Select((sentence, i) =>
            $"{sentence}\t{sentence.Replace("The ", "My ", StringComparison.Ordinal)}\t{sentences[(i + 7) % sentences.Length]}"));
    }

    /// <summary>Writes DPR's four files, of an encyclopedia of twenty entries.</summary>
    public static void WriteDpr(string folder)
    {
        Directory.CreateDirectory(folder);
        var encyclopedia = Encyclopedia.Generate(20, seed: 3);
        var passages = encyclopedia.Passages.ToDictionary(passage => passage.Id);
        string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        File.WriteAllLines(Path.Combine(folder, "passages.tsv"), encyclopedia.Passages.Select(passage => $"{passage.Id}\t{Quoted(passage.Text)}\t{Quoted(passage.Title)}").Prepend("id\ttext\ttitle"));
        foreach (var (name, questions) in new[] { ("train.json", encyclopedia.Training), ("dev.json", encyclopedia.Development) })
        {
            DprFile.Write(Path.Combine(folder, name), questions.Select(question => DprQuestion.Of(
                new Query(question.Id, question.Text) { Answers = question.Answers }, [passages[question.PassageId]], question.DistractorIds.Select(id => (passages[id], 1.0)))));
        }

        File.WriteAllLines(Path.Combine(folder, "test.csv"), encyclopedia.Test.Select(question =>
            $"{Quoted(question.Text)}\t{Quoted(System.Text.Json.JsonSerializer.Serialize(question.Answers))}"));
    }

    /// <summary>Writes <c>captions.txt</c> for the pictures in a folder of classes, and one line for a picture that is not there.</summary>
    public static void WriteCaptions(string folder) => File.WriteAllLines(Path.Combine(folder, "captions.txt"),
    [
        "image,caption",
        .. Directory.EnumerateFiles(folder, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(path =>
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            return new[] { $"{name},\"a picture, of a {Path.GetDirectoryName(name)}\"", $"{name},the {Path.GetDirectoryName(name)} number {Path.GetFileNameWithoutExtension(name)}" };
        }),
        "nowhere.png,a picture that is missing",
    ]);

    private static byte[] Picture(bool isDisk, Random random)
    {
        using var bitmap = new SKBitmap(random.Next(40, 80), random.Next(40, 80));
        SKColor Color() => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
        bitmap.Erase(Color());
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = Color() };
        if (isDisk)
            canvas.DrawCircle(bitmap.Width / 2f, bitmap.Height / 2f, 14, paint);
        else
            canvas.DrawRect((bitmap.Width / 2f) - 12, (bitmap.Height / 2f) - 12, 24, 24, paint);
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }
}
