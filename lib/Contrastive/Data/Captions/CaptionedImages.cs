using System.Globalization;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>
/// Pictures with one or more captions each, held in memory as one tensor, so that a batch is one gather. The set owns its tensors: they
/// outlive dispose scopes and are released by <see cref="Dispose"/>.
/// </summary>
public sealed class CaptionedImages : IDisposable
{
    /// <summary>Makes a set of the given pictures and takes ownership of the tensor.</summary>
    /// <param name="name">What the set is called in tables and titles.</param>
    /// <param name="images">uint8 <c>[N, C, H, W]</c>.</param>
    /// <param name="captions">At least one caption for each picture, none of them blank.</param>
    /// <param name="names">What each picture is called; <c>0</c>, <c>1</c> and so on if null.</param>
    /// <param name="notes">What the reader met that a user should know, one sentence each.</param>
    /// <exception cref="ArgumentException">The tensor has another type or shape, a picture has no caption or no name, or a caption
    /// is blank.</exception>
    public CaptionedImages(
        string name, Tensor images, IReadOnlyList<IReadOnlyList<string>> captions, IReadOnlyList<string>? names = null, IReadOnlyList<string>? notes = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Require.Shape(images, "Byte [N, C, H, W]", mayBeEmpty: true);
        ArgumentNullException.ThrowIfNull(captions);
        names ??= [.. Enumerable.Range(0, captions.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        if (captions.Count != images.size(0) || names.Count != images.size(0))
            throw new ArgumentException($"There are {images.size(0)} pictures, captions for {captions.Count} and names for {names.Count}; expected as many.", nameof(captions));
        for (var i = 0; i < captions.Count; i++)
        {
            if (captions[i].Count == 0 || captions[i].Any(string.IsNullOrWhiteSpace))
                throw new ArgumentException($"Picture '{names[i]}' has {(captions[i].Count == 0 ? "no caption" : "a blank caption")}; expected at least one, and text in each.", nameof(captions));
        }

        Name = name;
        Images = images.contiguous().DetachFromDisposeScope();
        Captions = [.. captions];
        Names = [.. names];
        Notes = [.. notes ?? []];
        Texts = [.. captions.SelectMany(texts => texts)];
        ImageOfText = tensor(captions.SelectMany((texts, image) => Enumerable.Repeat((long)image, texts.Count)).ToArray()).DetachFromDisposeScope();
    }

    /// <summary>What the set is called in tables and titles.</summary>
    public string Name { get; }

    /// <summary>The pictures, uint8 <c>[N, C, H, W]</c>, contiguous.</summary>
    public Tensor Images { get; }

    /// <summary>The captions of each picture, at least one.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Captions { get; }

    /// <summary>What each picture is called: a file's name, or its number.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What the reader met that a user should know, one sentence each: what was left out, and why.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>All M captions, by picture.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The picture of each of <see cref="Texts"/>, int64 <c>[M]</c>, on the CPU.</summary>
    public Tensor ImageOfText { get; }

    /// <summary>The number of pictures, N.</summary>
    public int Count => (int)Images.size(0);

    /// <summary>A set whose captions are made of its classes' names, as CLIP's prompts are (Radford et al. 2021, section 3.1.4).</summary>
    /// <param name="set">The labeled pictures, which are copied.</param>
    /// <param name="templates">Texts with <c>{}</c> for the class, such as <c>a photo of a {}.</c>; each picture gets one caption of each.</param>
    /// <exception cref="ArgumentException">There is no template, or one has no <c>{}</c>.</exception>
    public static CaptionedImages OfClasses(ImageSet set, IReadOnlyList<string> templates)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(templates);
        if (templates.Count == 0)
            throw new ArgumentException("There are no templates; expected at least one, such as 'a photo of a {}.'.", nameof(templates));
        if (templates.FirstOrDefault(template => !template.Contains("{}", StringComparison.Ordinal)) is { } unfit)
            throw new ArgumentException($"The template '{unfit}' has no place for the class; expected {{}} in it, as in 'a photo of a {{}}.'.", nameof(templates));
        IReadOnlyList<string>[] ofClass = [.. set.ClassNames.Select(name => templates.Select(template => template.Replace("{}", name, StringComparison.Ordinal)).ToArray())];
        using var scope = NewDisposeScope();
        var labels = set.Labels.cpu().data<long>().ToArray();
        return new CaptionedImages(set.Name, set.Images.clone(), [.. labels.Select(label => ofClass[label])]);
    }

    /// <summary>The pictures at the given indices, as float32 <c>[B, C, H, W]</c> in [0, 1] on the set's device.</summary>
    /// <param name="indices">int64 <c>[B]</c>, on any device; an index may occur more than once.</param>
    /// <exception cref="ArgumentException">The indices are not an int64 vector.</exception>
    public Tensor Batch(Tensor indices)
    {
        Require.Shape(indices, "Int64 [B]", mayBeEmpty: true);
        using var scope = NewDisposeScope();
        var chosen = Images.index_select(0, indices.to(Images.device)); // [B, C, H, W]
        return chosen.to(ScalarType.Float32).div_(255).MoveToOuterDisposeScope();
    }

    /// <summary>The pictures at the given indices with their captions, as a new set.</summary>
    /// <param name="indices">int64 <c>[B]</c>, on any device; an index may occur more than once.</param>
    /// <exception cref="ArgumentException">The indices are not an int64 vector.</exception>
    public CaptionedImages Select(Tensor indices)
    {
        Require.Shape(indices, "Int64 [B]", mayBeEmpty: true);
        using var scope = NewDisposeScope();
        var places = indices.cpu().data<long>().ToArray();
        var chosen = Images.index_select(0, indices.to(Images.device)); // [B, C, H, W]
        return new CaptionedImages(Name, chosen, [.. places.Select(place => Captions[(int)place])], [.. places.Select(place => Names[(int)place])], Notes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        ImageOfText.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}: {Count:N0} pictures {Images.size(1)}×{Images.size(2)}×{Images.size(3)}, {Texts.Count:N0} captions");
}
