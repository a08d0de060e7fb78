<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="0" version="3.40.6-Bratislava">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" referencescale="-1" forceraster="0">
    <rules key="{c78bba75-1d18-4580-8ab8-bbc712501c82}">
      <rule label="参考要素 Reference feature" key="{7376dbd8-f0de-43a5-bd56-1b0c7dc7991e}" symbol="0"/>
    </rules>
    <symbols>
      <symbol type="fill" clip_to_extent="1" frame_rate="10" name="0" is_animated="0" alpha="1" force_rhr="0">
        <data_defined_properties>
          <Option type="Map">
            <Option type="QString" name="name" value=""/>
            <Option name="properties"/>
            <Option type="QString" name="type" value="collection"/>
          </Option>
        </data_defined_properties>
        <layer class="SimpleFill" enabled="1" locked="0" id="{026aae5e-01eb-4190-b6c0-56a159731287}" pass="0">
          <Option type="Map">
            <Option type="QString" name="border_width_map_unit_scale" value="3x:0,0,0,0,0,0"/>
            <Option type="QString" name="color" value="89,89,89,12,rgb:0.34901960784313724,0.34901960784313724,0.34901960784313724,0.04705882352941176"/>
            <Option type="QString" name="joinstyle" value="bevel"/>
            <Option type="QString" name="offset" value="0,0"/>
            <Option type="QString" name="offset_map_unit_scale" value="3x:0,0,0,0,0,0"/>
            <Option type="QString" name="offset_unit" value="MM"/>
            <Option type="QString" name="outline_color" value="89,89,89,255,rgb:0.34901960784313724,0.34901960784313724,0.34901960784313724,1"/>
            <Option type="QString" name="outline_style" value="solid"/>
            <Option type="QString" name="outline_width" value="0.25"/>
            <Option type="QString" name="outline_width_unit" value="MM"/>
            <Option type="QString" name="style" value="solid"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
    <data-defined-properties>
      <Option type="Map">
        <Option type="QString" name="name" value=""/>
        <Option name="properties"/>
        <Option type="QString" name="type" value="collection"/>
      </Option>
    </data-defined-properties>
  </renderer-v2>
  <selection mode="Default">
    <selectionColor invalid="1"/>
  </selection>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <fieldConfiguration>
    <field name="layer" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="source_fid" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="attributes" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias index="0" name="图层" field="layer"/>
    <alias index="1" name="源要素号" field="source_fid"/>
    <alias index="2" name="属性（JSON）" field="attributes"/>
  </aliases>
  <splitPolicies>
    <policy policy="Duplicate" field="layer"/>
    <policy policy="Duplicate" field="source_fid"/>
    <policy policy="Duplicate" field="attributes"/>
  </splitPolicies>
  <duplicatePolicies>
    <policy policy="Duplicate" field="layer"/>
    <policy policy="Duplicate" field="source_fid"/>
    <policy policy="Duplicate" field="attributes"/>
  </duplicatePolicies>
  <defaults>
    <default field="layer" expression="" applyOnUpdate="0"/>
    <default field="source_fid" expression="" applyOnUpdate="0"/>
    <default field="attributes" expression="" applyOnUpdate="0"/>
  </defaults>
  <constraints>
    <constraint field="layer" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="source_fid" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="attributes" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
  </constraints>
  <constraintExpressions>
    <constraint field="layer" desc="" exp=""/>
    <constraint field="source_fid" desc="" exp=""/>
    <constraint field="attributes" desc="" exp=""/>
  </constraintExpressions>
  <expressionfields/>
  <editform tolerant="1"></editform>
  <editforminit/>
  <editforminitcodesource>0</editforminitcodesource>
  <editforminitfilepath></editforminitfilepath>
  <editforminitcode><![CDATA[]]></editforminitcode>
  <featformsuppress>0</featformsuppress>
  <editorlayout>generatedlayout</editorlayout>
  <editable/>
  <labelOnTop/>
  <reuseLastValue/>
  <dataDefinedFieldProperties/>
  <widgets/>
  <layerGeometryType>2</layerGeometryType>
</qgis>
